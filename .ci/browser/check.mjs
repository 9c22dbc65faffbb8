// SPDX-License-Identifier: Apache-2.0

// Looks at pages as a reader's browser does, following every link within the
// site, and fails where one has a serious or critical accessibility violation
// (axe-core), a broken link, a script or policy error, a request that leaves the
// machine, or a line that a narrow screen cuts off.
//
//   node check.mjs [--site DIR] [--server PROGRAM] [--shots DIR]
//
// DIR is served on the loopback interface from its index.html; PROGRAM is
// started with -addr 127.0.0.1:PORT. CHROMIUM names the browser. Prints "page ok"
// and the address for each page that passed; page text is never printed.

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const mostPages = 2000;
const widths = [['wide', 1280, 900], ['narrow', 390, 844]];
const types = {
  '.css': 'text/css', '.html': 'text/html; charset=utf-8', '.json': 'application/json', '.md': 'text/markdown; charset=utf-8',
  '.svg': 'image/svg+xml', '.txt': 'text/plain; charset=utf-8',
};

const { values: args } = parseArgs({
  options: { site: { type: 'string' }, server: { type: 'string' }, shots: { type: 'string' } },
});
if (!args.site && !args.server) throw new Error('nothing to look at: give --site or --server');

// Serves the files below dir, and nothing else.
function serve(dir) {
  const top = realpathSync(dir);
  const server = createServer((request, response) => {
    let path = normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname));
    if (path.endsWith(sep)) path += 'index.html';
    const file = join(top, path);
    let body;
    try {
      if (!file.startsWith(top + sep)) throw new Error('outside');
      body = readFileSync(file);
    } catch {
      response.writeHead(path === '/favicon.ico' ? 204 : 404).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream' }).end(body);
  });
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => done({ origin: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() }));
  });
}

// Starts the program on a free port and waits until it accepts connections.
async function start(program) {
  const probe = createServer();
  await new Promise((done) => { probe.listen(0, '127.0.0.1', done); });
  const { port } = probe.address();
  await new Promise((done) => { probe.close(done); });
  const child = spawn(program, ['-addr', `127.0.0.1:${port}`], { stdio: ['ignore', 'ignore', 'inherit'] });
  for (let tries = 0; tries < 100; tries++) {
    if (child.exitCode !== null) throw new Error(`the server ended with exit code ${child.exitCode}`);
    const open = await new Promise((done) => {
      const socket = connect(port, '127.0.0.1', () => { socket.destroy(); done(true); });
      socket.on('error', () => done(false));
    });
    if (open) return { origin: `http://127.0.0.1:${port}`, stop: () => child.kill() };
    await new Promise((done) => { setTimeout(done, 100); });
  }
  child.kill();
  throw new Error('the server did not accept a connection within 10 s');
}

const faults = [];
const counted = { pages: 0, links: 0 };

// Looks at every page that can be reached, two at a time: each worker keeps one tab,
// which is made wide and narrow, and forgets its cookies before each page.
async function look(browser, origin, label) {
  const seen = new Set();
  const queue = [`${origin}/`];
  let busy = 0;

  async function work() {
    const context = await browser.newContext({ reducedMotion: 'reduce' });
    const page = await context.newPage();
    let at = label;
    let found = 0;
    const fault = (text) => { found++; faults.push(text); };
    page.on('pageerror', () => fault(`${at}: a script failed`));
    page.on('console', (m) => {
      if (m.type() === 'error') fault(`${at}: the browser reports an error${/Content.Security.Policy/i.test(m.text()) ? ' of the content security policy' : ''}`);
    });
    await context.route('**', (route) => {
      const url = new URL(route.request().url());
      if (url.origin === origin || url.protocol === 'data:' || url.protocol === 'blob:') return route.continue();
      fault(`${at}: asks another host for a ${route.request().resourceType()}`);
      return route.abort();
    });
    while (queue.length > 0 || busy > 0) {
      const address = queue.shift();
      if (!address) {
        await new Promise((done) => { setTimeout(done, 20); });
        continue;
      }
      if (seen.has(address)) continue;
      seen.add(address);
      if (seen.size > mostPages) throw new Error(`${label}: more than ${mostPages} addresses`);
      busy++;
      await visit(address);
      busy--;
    }
    await context.close();

    async function visit(address) {
      const where = label + new URL(address).pathname + new URL(address).search;
      const reply = await fetch(address);
      const type = reply.headers.get('content-type') ?? '';
      await reply.arrayBuffer();
      counted.links++;
      if (!reply.ok) {
        fault(`${where}: a link leads to status ${reply.status}`);
        return;
      }
      if (!type.startsWith('text/html')) return;

      found = 0;
      for (const [width, w, h] of widths) {
        at = `${where} (${width})`;
        await page.setViewportSize({ width: w, height: h });
        if (width === widths[0][0]) {
          await context.clearCookies();
          await page.goto(address, { waitUntil: 'load' });
          await page.evaluate(axe);
        }
        const { violations, passes } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
        if (passes.length === 0) fault(`${at}: axe-core found nothing to check`);
        for (const v of violations) {
          const places = v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join(', ');
          const line = `${at}: ${v.impact} ${v.id} (${v.help}), ${v.nodes.length} places: ${places}`;
          if (v.impact === 'serious' || v.impact === 'critical') fault(line);
          else console.log(`note: ${line}`);
        }
        const cut = await page.evaluate(() => document.scrollingElement.scrollWidth - globalThis.innerWidth);
        if (cut > 1) fault(`${at}: ${cut} px wider than the screen`);
        if (args.shots) {
          const name = where.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '');
          await page.screenshot({ path: join(args.shots, `${name}-${width}.png`), fullPage: true });
        }
      }
      const [links, broken] = await page.evaluate(() => [
        [...document.querySelectorAll('a[href]')].map((a) => a.href),
        [...document.querySelectorAll('a[href^="#"]')]
          .filter((a) => a.hash.length > 1 && !document.getElementById(decodeURIComponent(a.hash.slice(1)))).length,
      ]);
      if (broken > 0) fault(`${where}: ${broken} links to places that the page does not have`);
      for (const link of links) {
        const url = new URL(link);
        url.hash = '';
        if (url.origin === origin && !seen.has(url.href)) queue.push(url.href);
      }
      counted.pages++;
      if (found === 0) console.log(`page ok: ${where}`);
    }
  }

  await Promise.all([work(), work()]);
  if (counted.pages === 0) faults.push(`${label}: no page`);
}

if (args.shots) mkdirSync(args.shots, { recursive: true });
const profile = mkdtempSync(join(tmpdir(), 'pages-'));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  env: { ...process.env, HOME: profile },
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync',
  ],
});
try {
  for (const [label, make] of [['site', args.site && (() => serve(args.site))], ['server', args.server && (() => start(args.server))]]) {
    if (!make) continue;
    const { origin, stop } = await make();
    try {
      await look(browser, origin, label);
    } finally {
      stop();
    }
  }
} finally {
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
}
for (const fault of [...new Set(faults)]) console.error(fault);
console.log(`${counted.pages} pages and ${counted.links} links looked at, ${faults.length} faults`);
process.exitCode = faults.length > 0 ? 1 : 0;
