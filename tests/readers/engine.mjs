// Reads an EPUB in a real reading engine, foliate-js in Chromium, and tells what a reader sees.
//   node engine.mjs BOOK.epub [SHOT.png] -- HREF...
// One line of JSON: for each HREF the first ten characters behind its anchor and whether it is on the
// screen when the engine has gone there; the faces in which pieces of the text are drawn; whether the
// first note is seen after a click on its call, and the call after a click on the way back; errors.
import { createServer } from 'node:http';
import { readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { createRequire } from 'node:module';
const modules = process.env.KEBEN_NODE_MODULES;
const require = createRequire(modules + '/');
const { chromium } = require('playwright-core');

const cut = process.argv.indexOf('--');
const [book, shot] = process.argv.slice(2, cut);
const hrefs = process.argv.slice(cut + 1);
const page = `<!DOCTYPE html><meta charset="utf-8">
<style>html,body{margin:0;height:100%;background:#fff}foliate-view{display:block;height:100%}</style><body>
<script type="module">
window.errors = [];
addEventListener('error', e => errors.push(String(e.message || e)), true);
addEventListener('unhandledrejection', e => errors.push(String(e.reason)));
try {
  await import('/modules/foliate-js/view.js');
  const view = window.view = document.createElement('foliate-view');
  document.body.append(view);
  view.addEventListener('load', e => { window.doc = e.detail.doc; });
  const blob = await (await fetch('/book.epub')).blob();
  await view.open(new File([blob], 'book.epub', { type: 'application/epub+zip' }));
  view.renderer.setAttribute('max-column-count', '1');
  await view.goToFraction(0);
  window.ready = true;
} catch (e) { errors.push(String(e && e.stack || e)); window.ready = true; }
</script>`;
const types = { '.js': 'text/javascript', '.css': 'text/css' };
const server = createServer(async (request, response) => {
  const path = decodeURIComponent(request.url.split('?')[0]);
  try {
    const body = path === '/' ? page : path === '/book.epub' ? await readFile(book)
      : path.startsWith('/modules/') && !path.includes('..') ? await readFile(join(modules, path.slice(9)))
      : path === '/favicon.ico' ? '' : null;
    if (body === null) throw new Error(path);
    response.writeHead(200, { 'content-type': path === '/' ? 'text/html' : types[extname(path)] || 'application/octet-stream' });
    response.end(body);
  } catch { response.writeHead(404); response.end(); }
}).listen(0, '127.0.0.1');
await new Promise(done => server.on('listening', done));

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'] });
const tab = await browser.newPage({ viewport: { width: 600, height: 800 } });
const out = { pages: [], faces: {}, notes: {}, errors: [] };
tab.on('console', m => { if (m.type() === 'error') out.errors.push(m.text()); });
tab.on('pageerror', e => out.errors.push(String(e)));
await tab.goto('http://127.0.0.1:' + server.address().port + '/');
await tab.waitForFunction('window.ready', null, { timeout: 60000 });
// Whether an element is on the screen: its file lies in a frame that is as long as the text.
await tab.evaluate(() => {
  window.settle = async () => {
    await doc.fonts.ready;
    await new Promise(r => setTimeout(r, 150));
  };
  window.seen = e => {
    const frame = e.ownerDocument.defaultView.frameElement.getBoundingClientRect();
    const r = e.getClientRects()[0] || e.getBoundingClientRect();
    const [x, y] = [frame.left + r.left, frame.top + r.top];
    return x >= -1 && x < innerWidth && y >= -1 && y < innerHeight;
  };
  window.behind = e => {
    const range = e.ownerDocument.createRange();
    range.setStartAfter(e);
    range.setEndAfter(e.ownerDocument.body.lastChild);
    const rest = range.cloneContents();
    rest.querySelectorAll('.noteref, .back').forEach(n => n.remove());
    return [...rest.textContent.replace(/[\s\u00ad]/g, '')].slice(0, 10).join('');
  };
});
for (const href of hrefs) {
  out.pages.push(await tab.evaluate(async href => {
    await view.goTo(href);
    await settle();
    const e = doc.getElementById(href.split('#')[1]);
    return e ? { href, text: behind(e), seen: seen(e) } : { href };
  }, href));
}
// In which faces is text really drawn? The debugger knows; a style sheet only asks.
const debug = await tab.context().newCDPSession(tab);
const faces = async selector => {
  await debug.send('DOM.enable');
  await debug.send('CSS.enable');
  const { root } = await debug.send('DOM.getDocument', { depth: -1, pierce: true });
  const frames = [], walk = n => {
    if (n.contentDocument) frames.push(n.contentDocument);
    for (const c of [...(n.children || []), ...(n.shadowRoots || []), ...(n.contentDocument ? [n.contentDocument] : [])]) walk(c);
  };
  walk(root);
  for (const frame of frames) {
    const { nodeId } = await debug.send('DOM.querySelector', { nodeId: frame.nodeId, selector });
    if (!nodeId) continue;
    const { fonts } = await debug.send('CSS.getPlatformFontsForNode', { nodeId });
    return fonts.map(f => ({ family: f.familyName, custom: f.isCustomFont, glyphs: f.glyphCount }));
  }
  return null;
};
const sections = await tab.evaluate(() => view.book.sections.length);
const wanted = { text: 'section p', heading: 'h1', emphasis: 'em', code: 'code', strong: 'strong' };
for (let n = 0; n < sections; n++) {
  await tab.evaluate(async n => { await view.goTo(n); await settle(); }, n);
  for (const [name, selector] of Object.entries(wanted)) {
    if (!out.faces[name]) { const found = await faces(selector); if (found && found.length) out.faces[name] = found; }
  }
  if (!('there' in out.notes)) {
    const notes = await tab.evaluate(async () => {
      const call = doc.querySelector('a[role~="doc-noteref"]');
      if (!call) return null;
      const note = doc.getElementById(call.getAttribute('href').split('#')[1]);
      const back = note && note.querySelector('a[role~="doc-backlink"]');
      call.click(); await new Promise(r => setTimeout(r, 400)); await settle();
      const there = !!note && seen(note);
      if (back) back.click(); await new Promise(r => setTimeout(r, 400)); await settle();
      return { there, back: !!back && seen(call), footnote: !!note && !!note.closest('[role~="doc-footnote"]') };
    });
    if (notes) out.notes = notes;
  }
}
if (shot) { await tab.evaluate(async () => { await view.goToFraction(0.4); await settle(); }); await writeFile(shot, await tab.screenshot()); }
out.errors.push(...await tab.evaluate('errors'));
console.log(JSON.stringify(out));
await browser.close();
server.close();
process.exit(0);
