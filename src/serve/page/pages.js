// The pages: a place for each, drawn when they are near the view.
import { drawing, get, keep, made, missing } from '/drawing.js';
const element = (name, className, text) => {
  const e = document.createElement(name);
  if (className) e.className = className;
  if (text !== undefined) e.textContent = text;
  return e;
};
const MOST = 4; // drawings on their way at once
const STEPS = [.5, .6, .75, .9, 1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4];

class Pages {
  constructor(root, sheets, seen) {
    Object.assign(this, { root, sheets, seen, rows: [], fit: 'page', two: true, u: 1, busy: 0, kept: new Set(), areas: new Map(), generation: 0 });
    // Black is paper's colour mixed with ink's, so that a theme can choose both.
    const inks = new CSSStyleSheet();
    const mix = n => `color-mix(in srgb, var(--ink) ${n}%, var(--paper))`;
    inks.replaceSync([...Array(101).keys()].map(n => `.k${n}{fill:${mix(n)}}.s${n}{stroke:${mix(n)}}`).join(''));
    document.adoptedStyleSheets = [inks];
    root.addEventListener('scroll', () => this.scrolled(), { passive: true });
    new ResizeObserver(() => this.layout()).observe(root);
  }
  // Rows are [look, label, right-hand, width, height].
  place(row, page) {
    const [look, label, recto, w, h] = row;
    Object.assign(page, { look, label, recto, w, h });
    page.element ||= element('section', 'page');
    page.element.classList.toggle('recto', recto);
    page.element.classList.toggle('verso', !recto);
    page.element.setAttribute('aria-label', 'Page ' + label);
    page.element.style.setProperty('--w', w);
    page.element.style.setProperty('--h', h);
    return page;
  }
  // Others stand in for some pages. Until they are drawn, those before are seen.
  async change({ gone: [from, count], came, drawn, generation }) {
    const anchor = this.anchor(), even = came.length === count;
    let to = null, moved = null;
    if (anchor && anchor.page >= from + count) to = even ? null : { ...anchor, page: anchor.page + came.length - count };
    else if (anchor && anchor.page >= from && !(even && count === 1)) {
      const query = new URLSearchParams({ generation: this.generation, page: anchor.page, y: anchor.y });
      moved = get('/moved?' + query).catch(() => null).then(m => { if (m && m[0] !== anchor.page) to = { ...anchor, page: m[0], y: m[1] }; });
      // Where pages are as many as before, none jumps: they are drawn while this is asked.
      if (!even) await moved;
    }
    this.generation = generation;
    const old = this.rows.splice(from, count);
    const fresh = came.map((row, n) => this.place(row, old[n] ?? {}));
    old.slice(came.length).forEach(page => page.element.remove());
    const before = this.rows[from]?.element ?? null;
    fresh.slice(old.length).forEach(page => this.sheets.insertBefore(page.element, before));
    this.rows.splice(from, 0, ...fresh);
    drawn.forEach(({ from, sent, outlines: own }, n) => {
      own.forEach(one => keep(...one));
      // Where an outline is missing the page is asked for as any other.
      if (fresh[n].drawn === from && !missing(sent.elements).size) this.put(fresh[n], sent);
    });
    if (!even || !anchor) this.layout(false);
    this.near();
    if (even) await moved;
    if (to) { this.show(to); this.scrolled(); }
  }
  replace(pages) {
    const looks = pages.came.map(row => row[0]);
    let from = 0;
    while (from < Math.min(looks.length, this.rows.length) && looks[from] === this.rows[from].look) from++;
    return this.change({ ...pages, drawn: [], gone: [from, this.rows.length - from], came: pages.came.slice(from) });
  }
  // The place that is read: near the top of the view, or at a part of its height.
  anchor(part) {
    if (!this.rows.length) return null;
    const high = this.root.clientHeight, eye = part ? high * part : Math.min(90, high / 4);
    const page = this.at(this.root.scrollTop + eye);
    const y = (this.root.scrollTop + eye - this.rows[page].element.offsetTop) / this.u;
    return { page, y: Math.max(0, Math.min(y, this.rows[page].h)), eye };
  }
  show({ page, y, eye }) {
    const row = this.rows[Math.min(page, this.rows.length - 1)];
    if (row) this.root.scrollTop = row.element.offsetTop + y * this.u - eye;
  }
  // The first page that ends below a height.
  at(height) {
    let [low, high] = [0, this.rows.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      const e = this.rows[middle].element;
      if (e.offsetTop + e.offsetHeight <= height) low = middle + 1; else high = middle;
    }
    return low;
  }
  get now() {
    return this.rows.length ? this.at(this.root.scrollTop + this.root.clientHeight / 2) : -1;
  }
  // A page and those that stand beside it.
  beside(page) {
    const top = this.rows[page].element.offsetTop;
    return [page - 1, page, page + 1].filter(n => this.rows[n]?.element.offsetTop === top);
  }
  layout(keep = true) {
    if (!this.rows.length) return;
    const anchor = keep && this.anchor();
    const two = this.two && this.root.clientWidth > 560;
    this.sheets.classList.toggle('two', two);
    const w = Math.max(...this.rows.map(r => r.w)), h = Math.max(...this.rows.map(r => r.h));
    const [wide, high] = [this.root.clientWidth - 40, this.root.clientHeight - 36];
    const width = wide / (two ? 2 * w : w);
    this.u = this.fit === 'page' ? Math.min(width, high / h) : this.fit === 'width' ? width : this.fit * 96 / 72;
    this.u = Math.max(.2, this.u);
    this.sheets.style.setProperty('--u', this.u);
    if (anchor) this.show(anchor);
    this.scrolled();
  }
  zoom(way) {
    const now = this.u * 72 / 96;
    if (way === 0) this.fit = this.fit === 'page' ? 'width' : 'page';
    else this.fit = (way > 0 ? STEPS.find(s => s > now * 1.02) : STEPS.findLast(s => s < now * .98)) ?? now;
    this.layout();
  }
  // The next pages, or those before.
  turn(way) {
    const now = this.now;
    if (now < 0) return;
    const top = this.rows[now].element.offsetTop;
    let to = now;
    while (this.rows[to] && this.rows[to].element.offsetTop === top) to += way;
    this.go(Math.max(0, Math.min(to, this.rows.length - 1)));
  }
  go(page, y = 0) {
    const e = this.rows[page]?.element;
    if (!e) return;
    const whole = e.offsetHeight <= this.root.clientHeight;
    this.root.scrollTop = e.offsetTop - 18 + (whole ? 0 : Math.max(0, y * this.u - this.root.clientHeight / 3));
    this.scrolled();
  }
  // Rectangles on pages: what was clicked, found, pointed to.
  mark(kind, places) {
    this.areas.set(kind, places);
    document.querySelectorAll('.page i.' + kind.split(' ').join('.')).forEach(e => e.remove());
    for (const [page, area] of places) {
      const row = this.rows[page];
      if (!row) continue;
      const e = element('i', kind);
      ['--x', '--y', '--dx', '--dy'].forEach((name, n) => e.style.setProperty(name, area[n]));
      // Under the ink, as a pen marks paper.
      row.element.prepend(e);
    }
  }
  scrolled() {
    if (this.waiting) return;
    this.waiting = true;
    queueMicrotask(() => { this.waiting = false; this.near(); });
  }
  near() {
    if (!this.rows.length) return;
    const [top, high] = [this.root.scrollTop, this.root.clientHeight];
    const from = this.at(top - high), to = this.at(top + 2 * high);
    const middle = this.now;
    this.wanted = [];
    for (let n = from; n <= Math.min(to + 1, this.rows.length - 1); n++) {
      if (this.rows[n].drawn !== this.rows[n].look) this.wanted.push(this.rows[n]);
    }
    const far = row => Math.abs(this.rows.indexOf(row) - middle);
    if (this.wanted.length > 1) this.wanted.sort((a, b) => far(a) - far(b));
    // What is far away is forgotten.
    for (const row of this.kept) {
      const n = this.rows.indexOf(row);
      if (n >= from - 24 && n <= to + 24) continue;
      row.element.querySelector('svg')?.remove();
      row.drawn = null;
      this.kept.delete(row);
    }
    this.draw();
    this.seen(middle);
  }
  // What is new stands in for what is gone; all else on the page stays as it is.
  put(row, { view, lang, stay, elements }) {
    const svg = row.element.querySelector('svg');
    if (stay) {
      const [head, tail] = stay, old = [...svg.children];
      old.slice(head, old.length - tail).forEach(e => e.remove());
      const next = svg.children[head] ?? null;
      elements.forEach(e => svg.insertBefore(made(e), next));
    } else {
      svg?.remove();
      row.element.append(made(['svg', [['viewBox', view], ['lang', lang]], elements]));
    }
    row.drawn = row.element.dataset.look = row.look;
    this.kept.add(row);
  }
  draw() {
    while (this.busy < MOST && this.wanted?.length) {
      const row = this.wanted.shift();
      if (row.coming === row.look || row.drawn === row.look) continue;
      const look = row.coming = row.look, from = row.drawn;
      this.busy++;
      drawing(look, from).then(sent => {
        this.busy--;
        if (row.coming === look) row.coming = null;
        // What is new since another drawing than that which is there helps nobody.
        if (sent && row.look === look && row.element.isConnected && (!sent.stay || row.drawn === from)) this.put(row, sent);
        else if (sent) this.scrolled();
        this.draw();
      });
    }
  }
}
export { Pages, element, get };
