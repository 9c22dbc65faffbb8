// SPDX-License-Identifier: Apache-2.0

// Uses the host to copy as a visitor does: tells of an example, reads what would be
// published, approves it, opens a guide, takes it along as a Word document, and
// deletes the example.
// Fails where a step cannot be done, and on every page that it meets where one has
// a serious or critical accessibility violation (axe-core), a script or policy
// error, or a line that a narrow screen cuts off.
//
//   node drive.mjs --server PROGRAM [--shots DIR]
//
// CHROMIUM names the browser. Prints "page ok" and a name of its own for each
// page that passed; page text is never printed. All names typed in are made up.

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const { values: args } = parseArgs({ options: { server: { type: 'string' }, shots: { type: 'string' } } });
if (!args.server) throw new Error('give --server');

async function freePort() {
  const probe = createServer();
  await new Promise((done) => { probe.listen(0, '127.0.0.1', done); });
  const { port } = probe.address();
  await new Promise((done) => { probe.close(done); });
  return port;
}

// Starts the program and waits until it says where it listens. All that it logs
// is kept, to be held against what was typed in.
async function start(program) {
  const child = spawn(program, ['-addr', `127.0.0.1:${await freePort()}`, '-in', 'examples/internal/sample/collection.jsonl', '-publish'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { text: '' };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (b) => { said.text += b; });
  for (let tries = 0; tries < 600; tries++) {
    if (child.exitCode !== null) throw new Error(`the program ended with exit code ${child.exitCode}`);
    const origin = /Listening on (http:\S+)\//.exec(said.text)?.[1];
    if (origin) return { origin, said, child };
    await new Promise((done) => { setTimeout(done, 100); });
  }
  child.kill();
  throw new Error('the program did not listen within 60 s');
}

const faults = [];
let pages = 0;

// Looks at the page as it stands, wide and narrow.
async function look(page, name) {
  const before = faults.length;
  for (const [width, w, h] of [['narrow', 390, 844], ['wide', 1280, 900]]) {
    await page.setViewportSize({ width: w, height: h });
    await page.evaluate(axe);
    const { violations, passes } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
    if (passes.length === 0) faults.push(`${name} (${width}): axe-core found nothing to check`);
    for (const v of violations) {
      const line = `${name} (${width}): ${v.impact} ${v.id} (${v.help}), ${v.nodes.length} places: ${v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join(', ')}`;
      if (v.impact === 'serious' || v.impact === 'critical') faults.push(line);
      else console.log(`note: ${line}`);
    }
    const cut = await page.evaluate(() => document.scrollingElement.scrollWidth - globalThis.innerWidth);
    if (cut > 1) faults.push(`${name} (${width}): ${cut} px wider than the screen`);
    const heads = await page.locator('h1').count();
    if (heads !== 1) faults.push(`${name} (${width}): ${heads} first headings`);
    if (args.shots) await page.screenshot({ path: join(args.shots, `embed-${name}-${width}.png`), fullPage: true });
  }
  pages++;
  if (faults.length === before) console.log(`page ok: embed ${name}`);
}

function expect(holds, what) {
  if (!holds) throw new Error(`the visit went wrong: ${what}`);
}

const names = ['Quillmarsh', 'Ferrant', '07700 900461'];

async function visit(page, origin, downloads) {
  await page.goto(`${origin}/`);
  await look(page, 'start');
  await page.getByLabel('What is it called?').fill('Letters that the Quillmarsh Trust rewrote with patients');
  await page.getByLabel('Your organisation').fill('Quillmarsh Trust');
  await page.getByLabel('What stood in the way?').selectOption('ch:jargon');
  await page.getByLabel('What did you want to reach?').selectOption('ob:information');
  await page.getByLabel('What happened').fill('We read ten letters aloud with patients.\nDr Maud Ferrant of Wexmoor Hospital rewrote them; ring 07700 900461.\nFewer people rang to ask what the letter meant. Read letters aloud before you send them.');
  await page.getByRole('button', { name: 'See what would be published' }).click();
  await page.waitForURL(/\/examples\/[a-z0-9-]+$/);
  await look(page, 'preview');
  const sheet = await page.locator('main section').allTextContents();
  for (const name of names) expect(!sheet.join('\n').includes(name), 'a name stands in what would be published');
  await page.getByRole('button', { name: 'Yes, exactly this text' }).click();
  await page.getByText('You agreed to exactly this text').waitFor();
  await look(page, 'approved');
  await page.goto(`${origin}/`);
  await look(page, 'start-with-own');
  await page.locator('a[href^="/guides/"]').first().click();
  await look(page, 'guide');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'As a Word document' }).click()]);
  expect(download.suggestedFilename() === 'guide.docx', 'the download is no Word document');
  await download.saveAs(join(downloads, 'guide.docx'));
  await page.goto(`${origin}/`);
  await page.locator('a[href^="/examples/"]').first().click();
  await page.getByRole('button', { name: 'Delete the example' }).click();
  await page.waitForURL(`${origin}/`);
  expect(await page.locator('a[href^="/examples/"]').count() === 0, 'a deleted example is still there');
  await page.goto(`${origin}/guides/no-such-guide`);
  await look(page, 'refused');
}

if (args.shots) mkdirSync(args.shots, { recursive: true });
const profile = mkdtempSync(join(tmpdir(), 'drive-'));
const { origin, said, child } = await start(args.server);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  env: { ...process.env, HOME: profile },
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
try {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on('pageerror', () => faults.push('a script failed'));
  page.on('console', (m) => {
    // A refusal is what is asked for in places; the browser calls it an error.
    if (m.type() === 'error' && !/status of 4(04|09|22)/.test(m.text())) faults.push(`the browser reports an error${/Content.Security.Policy/i.test(m.text()) ? ' of the content security policy' : ''}`);
  });
  await context.route('**', (route) => {
    const url = new URL(route.request().url());
    if (url.origin === origin || url.protocol === 'data:') return route.continue();
    faults.push(`asks another host for a ${route.request().resourceType()}`);
    return route.abort();
  });
  await visit(page, origin, profile);

  // Another visitor finds nothing of the first.
  const other = await browser.newContext();
  const stranger = await other.newPage();
  for (const path of ['/']) {
    await stranger.goto(origin + path);
    const html = await stranger.content();
    for (const name of names) if (html.includes(name)) faults.push(`${path}: another visitor sees what was typed in`);
  }
} finally {
  await browser.close();
  child.kill('SIGINT');
  await new Promise((done) => { if (child.exitCode !== null) done(); else child.once('exit', done); });
  rmSync(profile, { recursive: true, force: true });
}
for (const name of names) if (said.text.includes(name)) faults.push('the log holds what was typed in');
if (child.exitCode !== 0) faults.push(`the program ended with ${child.exitCode ?? child.signalCode} when interrupted`);
for (const fault of [...new Set(faults)]) console.error(fault);
console.log(`${pages} pages of the application looked at, ${faults.length} faults`);
process.exitCode = faults.length > 0 ? 1 : 0;
