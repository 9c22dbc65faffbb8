// SPDX-License-Identifier: Apache-2.0

// Uses the embedded application as a visitor does: fills in the form, reads what
// would be published, signs it off, looks for help, opens a guide, fills in an
// open question, takes the guide along as a Word document and gives it back.
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
  const child = spawn(program, ['-addr', `127.0.0.1:${await freePort()}`], { stdio: ['ignore', 'pipe', 'pipe'] });
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
  await look(page, 'overview');

  await page.getByRole('link', { name: 'Add an example' }).first().click();
  await look(page, 'blank-form');
  await page.getByRole('button', { name: 'Continue to sign-off' }).click();
  await page.getByRole('alert').waitFor();
  await look(page, 'form-to-mend');
  expect(await page.locator('#title').getAttribute('aria-invalid') === 'true', 'a missing name is not marked');

  await page.locator('#title').fill('Letters that the Quillmarsh Trust rewrote with patients');
  await page.locator('#kind').selectOption({ index: 1 });
  await page.locator('#stakeholders').fill('Patients [number 12]\nNurses of the ward');
  await page.locator('#challenges').fill('Letters were full of jargon [ch:jargon]');
  await page.locator('#objectives').fill('Letters that people understand [ob:information]');
  await page.locator('#steps').fill('We read ten letters aloud with patients\nDr Maud Ferrant of Wexmoor Hospital rewrote them; ring 07700 900461\nWe tested the new letters for three months');
  await page.locator('#outcomes').fill('Fewer people rang to ask what the letter meant');
  await page.locator('#lessons').fill('Read letters aloud before you send them');
  await page.locator('section.live .passage').first().waitFor();
  await page.locator('details:has(#organisation) > summary').click();
  const shown = await page.locator('#preview').getAttribute('data-shown');
  await page.locator('#organisation').fill('Quillmarsh Trust (also QMT)');
  await page.waitForFunction((n) => document.getElementById('preview').dataset.shown !== n, shown);
  const right = async () => (await page.locator('.side .text').evaluateAll((all) => all.filter((_, i) => i % 2 === 1).map((e) => e.textContent))).join('\n');
  for (const name of names) expect(!(await right()).includes(name), 'a name stands in what would be published');
  await look(page, 'form-with-live-preview');

  await page.getByRole('button', { name: 'Continue to sign-off' }).click();
  await page.waitForURL(/\/examples\/[a-z0-9]+$/);
  await look(page, 'preview-not-chosen');
  await page.getByLabel('What we did, but not who we are').check();
  for (const use of ['Counted, and told together with others', 'As a source of guidance', 'In statements that rest on our example alone']) await page.getByLabel(use).check();
  await page.locator('#audience').selectOption('public');
  await page.waitForFunction(() => Number(document.getElementById('preview').dataset.shown ?? 0) > 0 && !document.querySelector('.preview .said'));
  for (const summary of await page.locator('.passage summary').all()) await summary.click();
  await look(page, 'preview-chosen');
  for (const name of names) expect(!(await right()).includes(name), 'a name stands in what would be published');

  await page.getByRole('button', { name: 'Approve exactly this text' }).click();
  await page.getByRole('alert').waitFor();
  await page.locator('#read').check();
  await page.getByRole('button', { name: 'Approve exactly this text' }).click();
  await page.getByText('Signed off. The example counts').waitFor();
  await look(page, 'signed-off');
  await page.goto(`${origin}/examples`);
  await look(page, 'own-examples');

  await page.goto(`${origin}/topics`);
  await look(page, 'topics');
  await page.goto(`${origin}/help`);
  await look(page, 'help-blank');
  await page.getByRole('button', { name: 'Look for it' }).click();
  await page.getByRole('alert').waitFor();
  await page.locator('#challenge').selectOption('ch:jargon');
  await page.locator('#objective').selectOption('ob:information');
  await page.locator('#words').fill('Nobody at Quillmarsh understands our letters');
  await page.getByRole('button', { name: 'Look for it' }).click();
  await page.locator('article.found').first().waitFor();
  expect(!page.url().includes('Quillmarsh'), 'the words stand in the address');
  await look(page, 'help-found');
  await page.goto(`${origin}/topics`);
  await page.locator('.topics a').first().click();
  await page.locator('.slot textarea').first().waitFor();
  await look(page, 'guide');
  const field = await page.locator('.slot textarea').first().getAttribute('id');
  await page.locator(`[id="${field}"]`).fill('Agreed with the ward council in our first meeting.\n<b>Not markup</b>');
  await page.getByRole('button', { name: 'Save your answers' }).click();
  await page.getByText('Saved.').waitFor();
  await look(page, 'guide-filled');

  for (const [link, ending] of [['Word', '.docx'], ['Markdown', '.md'], ['Web page', '.html'], ['JSON', '.json']]) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: link, exact: true }).click()]);
    expect(download.suggestedFilename().endsWith(ending), `the download is no ${ending}`);
    await download.saveAs(join(downloads, `guide${ending}`));
    if (ending !== '.html') expect(readFileSync(join(downloads, `guide${ending}`)).includes('Agreed with the ward council'), `the answer is not in the ${ending}`);
  }
  // The document's answer and the page's go apart: the visitor is asked.
  await page.locator(`[id="${field}"]`).fill('Decided otherwise since.');
  await page.getByRole('button', { name: 'Save your answers' }).click();
  await page.getByText('Saved.').waitFor();
  const edited = readFileSync(join(downloads, 'guide.md'), 'utf8').replace('Agreed with the ward council', 'Agreed by letter with the ward council');
  await page.getByText('Take answers back').click();
  await page.locator('#document').setInputFiles({ name: 'edited.md', mimeType: 'text/markdown', buffer: Buffer.from(edited) });
  await page.getByRole('button', { name: 'Take the answers' }).click();
  await page.getByRole('heading', { name: 'Written differently' }).waitFor();
  await look(page, 'guide-conflict');
  await page.getByRole('button', { name: 'Take the document' }).click();
  await page.getByText('Saved.').waitFor();
  expect((await page.locator(`[id="${field}"]`).inputValue()).startsWith('Agreed by letter'), 'the document’s answer was not taken');
  await page.getByText('Take answers back').click();
  await page.locator('#document').setInputFiles(join(downloads, 'guide.docx'));
  await page.getByRole('button', { name: 'Take the answers' }).click();
  await page.waitForURL(/done=taken|upload/);

  await page.goto(`${origin}/guides/no-such-guide`);
  await look(page, 'refused');
  await page.goto(`${origin}/paste`);
  await page.locator('#json').fill('{"id":"x"}');
  await page.getByRole('button', { name: 'Continue to sign-off' }).click();
  await page.getByRole('alert').waitFor();
  await look(page, 'paste-to-mend');
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
  for (const path of ['/', '/examples', '/topics']) {
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
for (const name of [...names, 'ward council']) if (said.text.includes(name)) faults.push('the log holds what was typed in');
if (child.exitCode !== 0) faults.push(`the program ended with ${child.exitCode ?? child.signalCode} when interrupted`);
for (const fault of [...new Set(faults)]) console.error(fault);
console.log(`${pages} pages of the application looked at, ${faults.length} faults`);
process.exitCode = faults.length > 0 ? 1 : 0;
