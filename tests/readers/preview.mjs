// Looks at the preview as an author does, in Chromium.
//   node preview.mjs ADDRESS FOLDER-OF-THE-BOOK [FOLDER-FOR-SHOTS]
// One line for each thing that was looked at: `ok NAME …`, or `NAME: what is wrong`.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRequire } from 'node:module';
const require = createRequire(process.env.KEBEN_NODE_MODULES + '/');
const { chromium } = require('playwright-core');
const [address, folder, shots] = process.argv.slice(2);
const PATIENCE = { timeout: 60000 };
// Whatever never answers is a fault and not a test without end.
setTimeout(() => { console.log('end: it was not reached in three minutes'); process.exit(1); }, 180000).unref();

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'] });
const problems = [], strangers = [];
const open = async options => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 840 }, ...options });
  context.on('request', r => { if (!r.url().startsWith(address) && !r.url().startsWith('about:')) strangers.push(r.url()); });
  const tab = await context.newPage();
  tab.on('console', m => { if (m.type() === 'error') problems.push(m.text()); });
  tab.on('pageerror', e => problems.push(String(e)));
  await tab.goto(address);
  await tab.waitForSelector('.page svg', PATIENCE);
  return tab;
};
const tell = (name, right, what = '') => console.log(right ? `ok ${name} ${what}` : `${name}: ${what}`);
const edit = async (name, change) => {
  const path = join(folder, name);
  const text = await readFile(path, 'utf8');
  await writeFile(path, change(text));
  return Date.now();
};
const shot = async (tab, name) => { if (shots) await tab.screenshot({ path: join(shots, name + '.png') }); };
// Whether text is on a page that is drawn and in view.
const inView = text => [...document.querySelectorAll('.page')].some(page => {
  const box = page.getBoundingClientRect(), view = document.getElementById('pages').getBoundingClientRect();
  const seen = box.bottom > view.top && box.top < view.bottom;
  return seen && [...page.querySelectorAll('text')].map(t => t.textContent).join('').includes(text);
});
const label = async tab => (await tab.inputValue('#page')).split('–')[0];
const go = async (tab, page) => {
  await tab.keyboard.press('g');
  await tab.keyboard.type(page);
  await tab.keyboard.press('Enter');
  await tab.waitForFunction(([p]) => document.getElementById('page').value.split('–').includes(p)
    && [...document.querySelectorAll('.page')].filter(e => e.getAttribute('aria-label') === 'Page ' + p).every(e => e.querySelector('svg')), [page], PATIENCE);
};
const at = page => `.page[aria-label="Page ${page}"]`;

const tab = await open();
// Both pages that face each other are seen, the left one first.
await go(tab, '5');
{
  const [left, right] = [await tab.locator(at('4')).boundingBox(), await tab.locator(at('5')).boundingBox()];
  tell('spread', left && Math.abs(left.y - right.y) < 1 && Math.abs(left.x + left.width - right.x) < 1, JSON.stringify([left, right]));
}

// An edit on the page in view: the page changes, nothing scrolls, the others stay as they are.
const first = await tab.evaluate(selector => {
  const runs = [...document.querySelector(selector).querySelectorAll('text')];
  return runs.find(t => t.textContent.length > 12 && parseFloat(t.getAttribute('y')) > 100).textContent.slice(2, 12);
}, at('5'));
{
  const top = await tab.evaluate('document.getElementById("pages").scrollTop');
  const kept = await tab.locator(at('4')).getAttribute('data-look');
  const saved = await edit('02.md', text => text.replace(first, '松树' + first));
  await tab.waitForFunction(inView, '松树' + first.slice(0, 2), PATIENCE);
  const after = await tab.evaluate('document.getElementById("pages").scrollTop');
  tell('edit', true, `${Date.now() - saved} ms`);
  tell('still', after === top, `${top} → ${after}`);
  tell('same', kept === await tab.locator(at('4')).getAttribute('data-look'), 'the page before is the same');
}

// Pages come before the place that is read: it stays in view.
{
  const text = (await tab.evaluate(selector => [...document.querySelector(selector).querySelectorAll('text')]
    .map(t => t.textContent).filter(t => t.length > 12)[0], at('5'))).slice(1, 9);
  const before = await tab.evaluate('document.querySelectorAll(".page").length');
  const more = ('新的一章有很多字。'.repeat(60) + '\n\n').repeat(12);
  await edit('01.md', () => '# 一\n\n' + more);
  await tab.waitForFunction(n => document.querySelectorAll('.page').length > n, before, PATIENCE);
  await tab.waitForFunction(inView, text, PATIENCE);
  tell('place', await label(tab) !== '4', `${text} is on page ${await label(tab)} now`);
  // Inside the chapter that changes, too: what was written is looked for.
  await edit('02.md', t => t.replace('# 二\n\n', '# 二\n\n' + more));
  await tab.waitForFunction(n => document.querySelectorAll('.page').length > n + 12, before, PATIENCE);
  await tab.waitForFunction(inView, text, PATIENCE);
  tell('place-inside', true, `and now on page ${await label(tab)}`);
}

// Pages that were mended piece by piece are what they would be as a whole.
{
  const other = await tab.evaluate(async () => {
    const { drawing, made } = await import('/drawing.js');
    const whole = async look => {
      const sent = await drawing(look, null);
      return sent && made(['svg', [['viewBox', sent.view], ['lang', sent.lang]], sent.elements]);
    };
    const out = [[], 0];
    for (const page of document.querySelectorAll('.page[data-look]')) {
      // Pages far from the view are drawn anew when they are near.
      const svg = page.querySelector('svg'), now = svg && await whole(page.dataset.look);
      if (now) out[1]++;
      if (now && !svg.isEqualNode(now)) out[0].push(page.getAttribute('aria-label'));
    }
    return out;
  });
  tell('whole', other[0].length === 0 && other[1] > 3, JSON.stringify(other));
}

// A click names the source: file, line, column.
{
  const page = await label(tab);
  const text = await readFile(join(folder, '02.md'), 'utf8');
  const { run, x, y, n } = await tab.evaluate(selector => {
    const page = document.querySelector(selector), view = document.getElementById('pages').getBoundingClientRect(), n = 6;
    for (const t of page.querySelectorAll('text')) {
      if (t.textContent.length < 15 || /[“”A-Za-z0-9]/.test(t.textContent)) continue;
      const c = t.getExtentOfChar(n);
      const p = new DOMPoint(c.x + c.width / 2, c.y + c.height / 2).matrixTransform(t.getScreenCTM());
      if (p.y > view.top + 50 && p.y < view.bottom - 50) return { run: t.textContent, x: p.x, y: p.y, n };
    }
  }, at(page));
  await tab.mouse.click(x, y);
  await tab.waitForFunction(() => /:\d+:\d+$/.test(document.getElementById('place').textContent), null, PATIENCE);
  const said = await tab.textContent('#place');
  const [, line, column] = said.match(/(\d+):(\d+)$/).map(Number);
  const source = [...text.split('\n')[line - 1]];
  const wanted = [...run][n];
  tell('click', said.startsWith('book/02.md:') && source[column - 1] === wanted && source.join('').includes(run.slice(0, n + 1)),
    `${said} has ${source[column - 1]}, ${wanted} was clicked`);
  const href = await tab.getAttribute('#open', 'href');
  tell('editor', href.startsWith('vscode://file/') && href.endsWith(`/02.md:${line}:${column}`), href);
  tell('mark', await tab.locator('i.mark').count() > 0, 'the place is marked');
  await shot(tab, 'click');
}

// The caret's place, pushed by an editor.
{
  await go(tab, 'i').catch(() => {});
  const text = await readFile(join(folder, '02.md'), 'utf8');
  const lines = text.split('\n'), line = lines.findLastIndex(l => l.length > 20) + 1;
  await fetch(`${address}goto?file=${encodeURIComponent(join(folder, '02.md'))}&line=${line}`);
  const wanted = lines[line - 1].slice(0, 8);
  await tab.waitForFunction(inView, wanted, PATIENCE);
  tell('goto', await tab.locator('i.mark').count() > 0, `line ${line} on page ${await label(tab)}`);
}

// A word, and the places where it stands.
await tab.keyboard.press('/');
await tab.keyboard.type('很多字');
await tab.waitForFunction(() => /places/.test(document.getElementById('hits').textContent), null, PATIENCE);
tell('search', await tab.locator('#hit-list li').count() > 100, await tab.textContent('#hits'));
await tab.keyboard.press('Enter');
await tab.waitForSelector('i.hit.now', { state: 'attached', ...PATIENCE });
await shot(tab, 'search');
await tab.keyboard.press('Escape');
const words = await tab.inputValue('#words');
await tab.keyboard.press('Escape');
await tab.waitForFunction(() => !document.querySelector('i.hit'), null, PATIENCE);
tell('forget', words === '很多字', 'the words stay until they are forgotten');

// Keys, without a mouse.
{
  const focus = await tab.evaluate('document.activeElement.id');
  await tab.keyboard.press('Home');
  await tab.waitForFunction(() => document.getElementById('count').textContent.startsWith('1 of'), null, PATIENCE);
  await tab.keyboard.press('PageDown');
  await tab.keyboard.press('ArrowRight');
  await tab.waitForFunction(() => /^[45] of/.test(document.getElementById('count').textContent), null, PATIENCE);
  await tab.keyboard.press('PageUp');
  await tab.waitForFunction(() => /^[23] of/.test(document.getElementById('count').textContent), null, PATIENCE);
  const width = async () => (await tab.locator(at('i')).boundingBox()).width;
  const small = await width();
  await tab.keyboard.press('+');
  const large = await width();
  await tab.keyboard.press('-');
  await tab.keyboard.press('-');
  const smaller = await width();
  await tab.keyboard.press('0');
  await tab.keyboard.press('s');
  const one = await tab.locator('#sheets.two').count() === 0;
  await tab.keyboard.press('s');
  await tab.keyboard.press('End');
  await tab.waitForFunction(() => { const [n, of] = document.getElementById('count').textContent.split(' of '); return +n >= +of - 1; }, null, PATIENCE);
  await tab.keyboard.press('?');
  const help = await tab.locator('#help[open]').count() === 1;
  await tab.keyboard.press('Escape');
  // Whoever walks with the tab key sees where they are.
  await tab.keyboard.press('Tab');
  const ring = await tab.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  tell('keys', focus === 'pages' && small < large && smaller < large && one && help && ring === 'solid',
    JSON.stringify({ focus, small, large, smaller, one, help, ring }));
}

// Landmarks and names, for those who listen.
{
  const bare = await tab.evaluate(() => [...document.querySelectorAll('button, input, select, iframe, main, aside, nav')]
    .filter(e => !(e.getAttribute('aria-label') || e.getAttribute('aria-labelledby') || e.title || e.textContent.trim())).map(e => e.outerHTML.slice(0, 80)));
  const marks = await tab.evaluate(() => ['header', 'main', 'footer', 'nav', 'aside'].filter(n => document.querySelectorAll(n).length !== 1));
  tell('landmarks', !bare.length && !marks.length, JSON.stringify([bare, marks]));
}

// The EPUB beside the pages, in a frame that runs nothing.
{
  await tab.keyboard.press('e');
  const frame = tab.frameLocator('#frame');
  const names = await tab.evaluate(() => [...document.getElementById('file').options].map(o => [o.value, o.textContent]));
  const third = names.find(n => n[1].includes('三'));
  await tab.selectOption('#file', third[0]);
  await frame.locator('h1').filter({ hasText: '三' }).first().waitFor(PATIENCE);
  const sandbox = await tab.getAttribute('#frame', 'sandbox');
  const face = await tab.evaluate(async () => { const d = document.getElementById('frame').contentDocument; await d.fonts.ready; return [...d.styleSheets].length; });
  tell('epub', sandbox === 'allow-same-origin' && face > 0, `${names.length} files, ${face} style sheets`);
  await shot(tab, 'epub');
}

// What the manuscript would like to run.
{
  const bad = [];
  for (const f of tab.frames()) bad.push(await f.evaluate('window.bad').catch(() => undefined));
  await go(tab, await tab.evaluate(() => [...document.querySelectorAll('.page')].at(-1).getAttribute('aria-label').slice(5)));
  bad.push(await tab.evaluate('window.bad'));
  const pictures = await tab.evaluate(() => [...document.querySelectorAll('image')].map(i => i.getAttribute('href')));
  const drawn = await tab.evaluate(async href => (await fetch(href)).text(), pictures.at(-1) ?? '/none');
  const active = await tab.evaluate(() => document.querySelectorAll('#sheets script, #sheets [onload], #sheets [onerror], #sheets [onclick], #sheets foreignObject, #sheets a').length);
  tell('scripts', bad.every(b => b === undefined) && active === 0 && pictures.length > 0 && drawn.includes('<svg') && !/script|onload/.test(drawn),
    JSON.stringify({ bad, active, pictures }));
  // The control: on a page without a policy the same markup runs.
  const other = await browser.newPage();
  await other.setContent('<img src="none.png" onerror="window.bad = 2">');
  await other.waitForFunction('window.bad === 2', null, PATIENCE);
  // And on this one, it would not, even if it got there.
  const refused = await tab.evaluate(async () => {
    const host = document.createElement('div');
    try { host.innerHTML = '<img src="/none.png" onerror="window.bad = 2">'; return 'no'; } catch (e) { return String(e); }
  });
  tell('control', refused.includes('TrustedHTML'), refused);
  await other.close();
}

// Faults are listed, and lead to their place.
{
  await edit('01.md', () => '# 一\n\n见[某处](none.md)。\n');
  await tab.keyboard.press('d');
  const fault = tab.locator('.fault', { hasText: 'none.md' }).locator('.where button').first();
  await fault.click(PATIENCE);
  await tab.waitForFunction(inView, '某处', PATIENCE);
  await shot(tab, 'faults');
  await edit('01.md', () => '# 一\n\n见某处。\n');
  await tab.waitForFunction(() => ![...document.querySelectorAll('.fault')].some(f => f.textContent.includes('none.md')), null, PATIENCE);
  tell('faults', true, 'came and went');
}

// Light and dark, as the system is and as somebody chooses.
{
  const paper = t => t.evaluate(() => getComputedStyle(document.querySelector('.page')).backgroundColor.match(/\d+/g).map(Number));
  const ink = t => t.evaluate(() => getComputedStyle(document.querySelector('.page .k100')).fill);
  const light = await paper(tab);
  const other = await open({ colorScheme: 'dark' });
  const dark = await paper(other), inks = [await ink(tab), await ink(other)];
  await other.keyboard.press('t');
  const chosen = await paper(other);
  await other.reload();
  await other.waitForSelector('.page svg', PATIENCE);
  const kept = await paper(other);
  tell('dark', light[0] > 240 && dark[0] < 70 && chosen[0] > 240 && kept[0] > 240 && inks[0] !== inks[1], JSON.stringify({ light, dark, chosen, kept, inks }));
  await other.keyboard.press('t');
  await shot(other, 'dark');
  const narrow = await open({ viewport: { width: 420, height: 800 } });
  const wide = await narrow.evaluate('document.documentElement.scrollWidth');
  tell('narrow', wide <= 420 && await narrow.locator('#side').isHidden(), `${wide}`);
  await shot(narrow, 'narrow');
}
tell('network', strangers.length === 0, strangers.join(' '));
const real = problems.filter(p => !p.includes('TrustedHTML') && !p.includes('404'));
tell('console', real.length === 0, real.join(' | '));
await browser.close();
process.exit(0);
