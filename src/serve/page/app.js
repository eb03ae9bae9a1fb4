// The preview: what the server tells, what keys and clicks do.
import { Pages, get } from '/pages.js';
import { Epub, Side, id } from '/panels.js';
const store = {
  read: name => { try { return localStorage.getItem('keben.' + name); } catch { return null; } },
  write: (name, value) => { try { localStorage.setItem('keben.' + name, value); } catch { /* not kept */ } },
};
const pages = new Pages(id('pages'), id('sheets'), view);
const side = new Side(pages, shown);
const epub = new Epub();

// Light or dark: as the system is, until somebody chooses.
const night = matchMedia('(prefers-color-scheme: dark)');
function theme(name) {
  document.documentElement.dataset.theme = name ?? store.read('theme') ?? (night.matches ? 'dark' : 'light');
  epub.themed();
}
night.addEventListener('change', () => theme());
theme();

function view(page) {
  const row = pages.rows[page];
  if (!row) return;
  if (document.activeElement !== id('page')) id('page').value = pages.beside(page).map(n => pages.rows[n].label).join('–');
  id('count').textContent = `${page + 1} of ${pages.rows.length}`;
  id('back').disabled = page === 0;
  id('on').disabled = page === pages.rows.length - 1;
  const fit = { page: 'page', width: 'width' }[pages.fit] ?? Math.round(pages.u * 75) + ' %';
  id('fit').textContent = fit;
  const read = pages.anchor(1 / 3);
  const heading = side.view(read.page, read.y);
  const chapters = (side.headings ?? []).slice(0, heading + 1).map(h => h.anchor).reverse();
  const known = anchor => epub.spine?.files.some(f => f[0].endsWith('/' + anchor + '.xhtml'));
  epub.follow(chapters.find(known));
}

// What the server tells. One thing after another, so that pages change in their order.
let queue = Promise.resolve();
const said = { pages: '', made: '' };
function tell() {
  id('state').classList.remove('lost');
  id('state').textContent = [said.pages, said.made].filter(Boolean).join(' · ');
}
async function update(news, all) {
  if (!news) return;
  // What is the same is not said again: a browser would look at all pages anew.
  if (all || id('title').textContent !== news.title) id('title').textContent = document.title = news.title;
  if (id('pages').lang !== news.lang) id('pages').lang = news.lang;
  id('wait').hidden = true;
  await (all ? pages.replace(news) : pages.change(news));
  side.outline(news.outline, pages.rows.map(r => r.label));
  view(pages.now);
  if (id('words').value) side.search(true);
  if (!all) {
    pages.mark('mark', []);
    said.pages = news.came.length || news.gone[1] ? `${news.came.length} ${news.came.length === 1 ? 'page' : 'pages'} new in ${news.milliseconds} ms` : 'all as before';
    tell();
    painted(() => { if (!pages.busy) get('/looked'); });
  }
}
// Does something when what was changed is seen.
function painted(act) {
  const after = new MessageChannel();
  after.port1.onmessage = act;
  requestAnimationFrame(() => after.port2.postMessage(null));
}
function made(news) {
  side.faults(news);
  epub.update(news.epub);
  said.made = news.files.length ? `${news.files.join(', ')} in ${news.milliseconds} ms` : '';
  tell();
}
const on = (source, name, act) => source.addEventListener(name, e => { queue = queue.then(() => act(JSON.parse(e.data))).catch(console.error); });
const source = new EventSource('/events');
on(source, 'book', async book => { await update(book.pages, true); made(book.made); });
on(source, 'pages', news => update(news, false));
on(source, 'made', made);
on(source, 'goto', seen => shown(seen));
source.onerror = () => {
  id('state').classList.add('lost');
  id('state').textContent = 'keben does not answer; this page waits for it';
};

// Places of the manuscript.
function shown(seen, place) {
  const first = seen.places[0];
  if (place) named({ place });
  if (!first) { if (place) id('place').textContent += ' is not on a page'; return; }
  const visible = pages.rows[first[0]]?.element.getBoundingClientRect(), view = id('pages').getBoundingClientRect();
  const y = visible && visible.top + first[1][1] * pages.u;
  if (!visible || y < view.top + 10 || y + first[1][3] * pages.u > view.bottom - 10) pages.go(first[0], first[1][1]);
  pages.mark('mark', seen.places);
}
let leads = null;
function named(written) {
  const { place } = written;
  id('place').textContent = `${place.file}:${place.line}:${place.column}`;
  id('open').href = place.href;
  id('open').hidden = false;
  leads = written.leads ?? null;
  id('follow').hidden = !leads;
}
async function ask(n, x, y, open) {
  const row = pages.rows[n];
  if (!row) return;
  const written = await get('/written?' + new URLSearchParams({ look: row.look, x, y })).catch(() => null);
  if (!written) { id('place').textContent = 'Nothing written is near.'; id('open').hidden = id('follow').hidden = true; pages.mark('mark', []); return; }
  named(written);
  pages.mark('mark', [[n, written.area]]);
  if (open) id('open').click();
}
id('sheets').addEventListener('click', e => {
  const page = e.target.closest('.page');
  // Whoever selects text does not ask.
  if (!page || !getSelection().isCollapsed) return;
  const box = page.getBoundingClientRect();
  ask(pages.rows.findIndex(r => r.element === page), (e.clientX - box.left) / pages.u, (e.clientY - box.top) / pages.u, e.ctrlKey || e.metaKey);
});
id('follow').addEventListener('click', () => leads && pages.go(...leads));

// Buttons and keys.
const acts = {
  turn: way => pages.turn(way),
  zoom: way => { pages.zoom(way); store.write('fit', pages.fit); view(pages.now); },
  spread: () => {
    pages.two = !pages.two;
    id('spread').setAttribute('aria-pressed', pages.two);
    store.write('two', pages.two);
    pages.layout();
  },
  theme: () => {
    const other = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
    store.write('theme', other);
    theme(other);
  },
  page: () => { id('page').focus(); id('page').select(); },
};
const click = (name, act) => id(name).addEventListener('click', act);
click('side-button', () => side.toggle());
click('back', () => acts.turn(-1));
click('on', () => acts.turn(1));
click('smaller', () => acts.zoom(-1));
click('fit', () => acts.zoom(0));
click('larger', () => acts.zoom(1));
click('spread', acts.spread);
click('epub-button', () => epub.toggle());
click('theme', acts.theme);
click('help-button', () => id('help').showModal());
click('help-close', () => id('help').close());
id('page').addEventListener('keydown', e => {
  if (e.key !== 'Enter') return;
  // A printed number first; where no page has it, so many from the front.
  const text = id('page').value.split('–')[0].trim();
  let n = pages.rows.findIndex(r => r.label === text);
  if (n < 0 && /^\d+$/.test(text)) n = Math.min(Math.max(1, +text), pages.rows.length) - 1;
  if (n >= 0) pages.go(n);
  id('pages').focus();
});
id('page').addEventListener('blur', () => view(pages.now));
const keys = {
  ArrowLeft: () => acts.turn(-1), ArrowRight: () => acts.turn(1), PageUp: () => acts.turn(-1), PageDown: () => acts.turn(1),
  ArrowUp: () => id('pages').scrollBy(0, -60), ArrowDown: () => id('pages').scrollBy(0, 60),
  Home: () => pages.go(0), End: () => pages.go(pages.rows.length - 1),
  '+': () => acts.zoom(1), '=': () => acts.zoom(1), '-': () => acts.zoom(-1), '0': () => acts.zoom(0),
  g: acts.page, '/': () => side.open('search'), n: () => side.next(1), N: () => side.next(-1),
  s: acts.spread, o: () => side.toggle('outline'), d: () => side.toggle('faults'), e: () => epub.toggle(), t: acts.theme,
  '?': () => id('help').showModal(),
  Enter: () => { const a = pages.anchor(); if (a) ask(a.page, pages.rows[a.page].w / 2, a.y); },
};
addEventListener('keydown', e => {
  const typing = e.target.closest?.('input, select, textarea, dialog');
  if (e.key === 'Escape') {
    if (id('help').open) return;
    // A field for searching would forget its words.
    if (typing) { e.preventDefault(); id('pages').focus(); }
    else { side.forget(); if (innerWidth <= 760) side.close(); }
    return;
  }
  if (typing || e.ctrlKey || e.metaKey || e.altKey) return;
  // A button that has the focus is pressed by Enter, a list scrolled by its arrows.
  const within = e.target.closest?.('button, a, [role="tabpanel"], #epub');
  if (within && ['Enter', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown'].includes(e.key)) return;
  const act = keys[e.key];
  if (act) { e.preventDefault(); act(); }
});

const fit = store.read('fit');
if (fit) pages.fit = { page: 'page', width: 'width' }[fit] ?? (+fit || 'page');
pages.two = store.read('two') !== 'false';
id('spread').setAttribute('aria-pressed', pages.two);
if (innerWidth <= 760) side.close();
id('pages').focus({ preventScroll: true });
