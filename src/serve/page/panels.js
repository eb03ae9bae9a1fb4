// Beside the pages: outline, search, faults, and the EPUB.
import { element, get } from '/pages.js';
const id = name => document.getElementById(name);

class Side {
  constructor(pages, told) {
    Object.assign(this, { pages, told, entries: [], hits: [], hit: -1 });
    this.tabs = ['outline', 'search', 'faults'];
    for (const name of this.tabs) {
      id('tab-' + name).addEventListener('click', () => this.open(name));
      id('tab-' + name).addEventListener('keydown', e => {
        const way = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
        if (!way) return;
        e.preventDefault(); e.stopPropagation();
        const next = this.tabs[(this.tabs.indexOf(name) + way + 3) % 3];
        this.open(next);
        id('tab-' + next).focus();
      });
    }
    id('words').addEventListener('input', () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.search(), 120);
    });
    id('words').addEventListener('keydown', e => {
      if (e.key === 'Enter') { e.preventDefault(); this.next(e.shiftKey ? -1 : 1); }
    });
  }
  open(name) {
    id('side').hidden = false;
    id('side-button').setAttribute('aria-expanded', 'true');
    for (const tab of this.tabs) {
      id('tab-' + tab).setAttribute('aria-selected', tab === name);
      id('tab-' + tab).tabIndex = tab === name ? 0 : -1;
      id(tab).hidden = tab !== name;
    }
    if (name === 'search') { id('words').focus(); id('words').select(); }
  }
  close() {
    id('side').hidden = true;
    id('side-button').setAttribute('aria-expanded', 'false');
  }
  toggle(name) {
    const shown = !id('side').hidden && (!name || !id(name).hidden);
    shown ? this.close() : this.open(name ?? this.tabs.find(t => !id(t).hidden) ?? 'outline');
  }
  outline(headings, labels) {
    const said = JSON.stringify([headings, headings.map(h => labels[h.page])]);
    if (said === this.said) return;
    this.said = said;
    this.headings = headings;
    this.entries = headings.map(h => {
      const e = element('button', 'entry depth' + Math.min(h.depth, 6));
      e.append(element('span', '', h.title), element('span', 'folio', labels[h.page] ?? ''));
      e.addEventListener('click', () => { this.pages.go(h.page, h.y); this.narrow(); });
      return e;
    });
    id('outline').replaceChildren(...this.entries);
    this.current = null;
  }
  // On a narrow window the panel lies over the pages.
  narrow() { if (innerWidth <= 760) this.close(); }
  // Which heading what is read belongs to.
  view(page, y) {
    const n = (this.headings ?? []).findLastIndex(h => h.page < page || h.page === page && h.y <= y);
    const entry = this.entries[n] ?? null;
    if (entry === this.current) return n;
    this.current?.removeAttribute('aria-current');
    entry?.setAttribute('aria-current', 'location');
    this.current = entry;
    if (entry && !id('side').hidden && !id('outline').hidden) entry.scrollIntoView({ block: 'nearest' });
    return n;
  }
  async search(keep = false) {
    const words = id('words').value;
    const asked = this.asked = {};
    const found = words.trim() ? await get('/search?q=' + encodeURIComponent(words)) : { count: 0, hits: [] };
    if (asked !== this.asked) return;
    this.hits = found.hits;
    if (!keep || this.hit >= this.hits.length) this.hit = -1;
    id('hits').textContent = !words.trim() ? '' : found.count === 0 ? 'Not in the book.'
      : `${found.count} ${found.count === 1 ? 'place' : 'places'}${found.count > found.hits.length ? `, the first ${found.hits.length} are shown` : ''}`;
    const labels = this.pages.rows.map(r => r.label);
    id('hit-list').replaceChildren(...this.hits.map((hit, n) => {
      const item = element('li'), e = element('button', 'entry'), text = element('span');
      text.append('…' + hit.text[0], element('mark', '', hit.text[1]), hit.text[2] + '…');
      e.append(text, element('span', 'folio', labels[hit.page] ?? ''));
      e.addEventListener('click', () => { this.go(n); this.narrow(); });
      item.append(e);
      return item;
    }));
    this.pages.mark('hit', this.hits.flatMap(h => h.areas.map(a => [h.page, a])));
    if (this.hit < 0) this.pages.mark('hit now', []);
    if (!keep && this.hits.length) {
      const here = this.hits.findIndex(h => h.page >= this.pages.now);
      this.go(Math.max(0, here));
    }
  }
  go(n) {
    this.hit = n;
    const hit = this.hits[n];
    if (!hit) return;
    this.pages.go(hit.page, hit.areas[0]?.[1] ?? 0);
    this.pages.mark('hit now', hit.areas.map(a => [hit.page, a]));
    [...id('hit-list').children].forEach((e, i) => i === n ? e.firstChild.setAttribute('aria-current', 'true') : e.firstChild.removeAttribute('aria-current'));
    id('hit-list').children[n]?.scrollIntoView({ block: 'nearest' });
  }
  next(way) {
    if (this.hits.length) this.go((this.hit + way + this.hits.length) % this.hits.length);
  }
  forget() {
    this.pages.mark('mark', []);
    if (id('words').value) { id('words').value = ''; this.search(); }
  }
  faults({ faults, count }) {
    const shown = faults.filter(f => f.severity !== 'note');
    id('badge').hidden = !shown.length;
    id('badge').textContent = count > faults.length ? faults.length + '+' : shown.length;
    id('badge').className = shown[0]?.severity ?? '';
    id('none').hidden = faults.length > 0;
    id('fault-list').replaceChildren(...faults.map(f => {
      const item = element('li', 'fault ' + f.severity);
      item.append(element('p', 'kind', `${f.severity} · ${f.code}`), element('p', '', f.message));
      f.hints.forEach(h => item.append(element('p', 'hint', h)));
      if (f.place) {
        const where = element('p', 'where'), see = element('button', '', `${f.place.file}:${f.place.line}:${f.place.column}`);
        see.title = 'Show it on the page';
        see.addEventListener('click', async () => {
          const { file, line, column } = f.place;
          this.told(await get('/seen?' + new URLSearchParams({ file, line, column })), f.place);
          this.narrow();
        });
        const open = element('a', '', 'Open');
        open.href = f.place.href;
        where.append(see, open);
        item.append(where);
      }
      return item;
    }));
  }
}

class Epub {
  constructor() {
    this.file = null;
    id('file').addEventListener('change', () => this.show(id('file').value));
    id('file-back').addEventListener('click', () => this.step(-1));
    id('file-on').addEventListener('click', () => this.step(1));
    // A frame without scripts: its place is kept from here.
    id('frame').addEventListener('load', () => {
      const doc = id('frame').contentDocument;
      const path = doc?.location.pathname.split('/').slice(3).map(decodeURIComponent).join('/');
      if (path && this.spine?.files.some(f => f[0] === path)) { this.file = path; id('file').value = path; }
      if (this.scroll && this.scroll.file === this.file) doc?.scrollingElement?.scrollTo(0, this.scroll.top);
      this.scroll = null;
      this.themed();
    });
  }
  get shown() { return !id('epub').hidden; }
  themed() {
    const doc = id('frame').contentDocument, dark = document.documentElement.dataset.theme === 'dark';
    if (!doc?.documentElement) return;
    // As reading systems do at night: their colours, under the book's.
    const sheet = new doc.defaultView.CSSStyleSheet();
    sheet.replaceSync(`:root{color-scheme:${dark ? 'dark' : 'light'};${dark ? 'background:#262421;color:#dcd6ca' : 'background:#fff'}}body{max-width:38em;margin:24px auto;padding:0 22px}img,svg{max-width:100%}`);
    doc.adoptedStyleSheets = [sheet];
  }
  update(spine) {
    id('no-epub').hidden = !!spine;
    id('frame').hidden = !spine;
    const same = spine && this.spine?.look === spine.look;
    this.spine = spine;
    if (!spine || same) return;
    const names = spine.files.map(f => f[0]);
    id('file').replaceChildren(...spine.files.map(([name, title]) => {
      const e = element('option', '', title || name.split('/').pop());
      e.value = name;
      return e;
    }));
    if (!names.includes(this.file)) this.file = this.wish && names.includes(this.wish) ? this.wish : names[0];
    if (this.shown) this.show(this.file);
  }
  show(name) {
    if (!this.spine || !name) return;
    const top = id('frame').contentDocument?.scrollingElement?.scrollTop ?? 0;
    this.scroll = name === this.file ? { file: name, top } : null;
    this.file = name;
    id('file').value = name;
    // The frame's own history is not the author's.
    const address = `/epub/${this.spine.look}/` + name.split('/').map(encodeURIComponent).join('/');
    id('frame').contentWindow.location.replace(address);
  }
  step(way) {
    const names = this.spine?.files.map(f => f[0]) ?? [];
    const to = names[names.indexOf(this.file) + way];
    if (to) this.show(to);
  }
  // The file of a chapter is named like the chapter.
  follow(anchor) {
    if (!anchor || anchor === this.chapter) return;
    this.chapter = anchor;
    const file = this.spine?.files.find(f => f[0].split('/').pop().replace(/\.x?html$/, '') === anchor)?.[0];
    this.wish = file;
    if (file && this.shown && file !== this.file) this.show(file);
  }
  toggle() {
    const show = id('epub').hidden;
    id('epub').hidden = !show;
    id('epub-button').setAttribute('aria-pressed', show);
    if (show) this.show(this.wish ?? this.file);
  }
}
export { Side, Epub, id };
