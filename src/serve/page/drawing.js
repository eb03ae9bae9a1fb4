// Pages as they are sent, data, and what is made of it: elements of an SVG.
const get = async path => (await fetch(path)).json();
// Outlines of glyphs, by face and number. They are the same for as long as the face is.
const outlines = new Map();
const of = face => outlines.get(face) ?? outlines.set(face, new Map()).get(face);
const keep = (face, id, path) => of(face).set(+id, path);
// Those of a drawing that are not here yet.
const missing = elements => {
  const wanted = new Map();
  for (const [,, inside] of elements) {
    if (Array.isArray(inside)) missing(inside).forEach((ids, face) => wanted.set(face, new Set([...wanted.get(face) ?? [], ...ids])));
    if (!inside.face) continue;
    const known = of(inside.face);
    for (const [id] of inside.glyphs) {
      if (known.has(id)) continue;
      if (!wanted.has(inside.face)) wanted.set(inside.face, new Set());
      wanted.get(inside.face).add(id);
    }
  }
  return wanted;
};
const ASKED = 1000; // glyphs at once: an address has no room for more
const fetched = async wanted => {
  for (const [face, all] of wanted) {
    const ids = [...all];
    while (ids.length) {
      const some = await get(`/outlines/${face}?glyphs=${ids.splice(0, ASKED)}`);
      Object.entries(some).forEach(one => keep(face, ...one));
    }
  }
};
// Elements are made of data, never read as markup.
const SVG = 'http://www.w3.org/2000/svg';
const made = ([name, attributes, inside]) => {
  const e = document.createElementNS(SVG, name);
  for (const [name, value] of attributes) e.setAttribute(name, value);
  if (inside.face) {
    const known = of(inside.face), d = [];
    for (const [id, at] of inside.glyphs) { const path = known.get(id); if (path) d.push('M', at, ' 0', path); }
    e.setAttribute('d', d.join(''));
  } else e.append(...(typeof inside === 'string' ? [inside] : inside.map(made)));
  return e;
};
// A page as it is drawn, or what is new on it, with all outlines that it needs.
const drawing = async (look, from) => {
  try {
    const sent = await get('/page/' + look + (from ? '?from=' + from : ''));
    await fetched(missing(sent.elements));
    return sent;
  } catch { return null; }
};
export { drawing, get, keep, made, missing };
