//! Text to glyphs, through HarfBuzz's rules, each distinct piece once.

use super::single::{Single, Singles};
use super::{Cut, Face, FaceId, FontSet, Side};
use harfrust::{
    Buffer, Direction, Language, Script, ShapeOptions, ShapePlan, ShaperFont,
};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::sync::{Arc, Mutex};

/// A glyph as the font has it, in font units.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub struct RawGlyph {
    /// index in the face
    pub id: u16,
    /// first byte of the piece of text it stands for
    pub cluster: u32,
    /// pen advance
    pub advance: i32,
    /// shift along the line
    pub dx: i32,
    /// shift upwards
    pub dy: i32,
}

/// Where a glyph's ink is, in font units from its origin, y upwards.
#[derive(Debug, Default, Copy, Clone, PartialEq)]
pub struct Ink {
    /// left
    pub x0: f32,
    /// right
    pub x1: f32,
    /// bottom
    pub y0: f32,
    /// top
    pub y1: f32,
}

/// A language that a shaper knows; the book's own is the first.
#[derive(Debug, Default, Copy, Clone, Eq, PartialEq, Hash)]
pub struct LangId(u32);

impl LangId {
    /// The language of the book.
    pub const BOOK: LangId = LangId(0);
}

/// Pieces of text already shaped.
type Memo = FxHashMap<Box<str>, Arc<[RawGlyph]>>;

/// What a shaper has found out. It outlives the shaper: the next one for the same
/// fonts and the same language goes on with it.
#[derive(Default)]
struct Known {
    /// by [`LangId`]; the book's is the first
    languages: Vec<Option<Language>>,
    ids: FxHashMap<Box<str>, LangId>,
    plans: FxHashMap<(FaceId, Script, LangId), ShapePlan>,
    shaped: FxHashMap<(FaceId, Side, LangId), Memo>,
    picks: FxHashMap<(Cut, Side, char), Option<FaceId>>,
    singles: Singles,
    inks: RefCell<FxHashMap<(FaceId, u16), Option<Ink>>>,
}

/// What is known of the fonts of a set, and not in use.
#[derive(Default)]
pub(super) struct Shelf(Mutex<Vec<(Box<str>, Known)>>);

impl std::fmt::Debug for Shelf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Shelf")
    }
}

impl Shelf {
    fn take(&self, language: &str) -> Option<Known> {
        let mut all = self.0.lock().ok()?;
        let at = all.iter().rposition(|known| *known.0 == *language)?;
        Some(all.swap_remove(at).1)
    }
    fn put(&self, language: Box<str>, known: Known) {
        let pieces: usize = known.shaped.values().map(Memo::len).sum();
        if pieces > MOST {
            return;
        }
        if let Ok(mut all) = self.0.lock() {
            all.push((language, known));
        }
    }
}

/// More pieces are forgotten: no book has so many, but somebody may write for days.
const MOST: usize = 1 << 18;

/// Shapes pieces of text and remembers them. One for each thread.
pub struct Shaper<'a> {
    fonts: &'a FontSet,
    shapers: Vec<Option<ShaperFont<'a, 'a>>>,
    language: Box<str>,
    buffer: Option<Buffer>,
    known: Known,
}

impl std::fmt::Debug for Shaper<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Shaper({} picks)", self.known.picks.len())
    }
}

impl Drop for Shaper<'_> {
    fn drop(&mut self) {
        let known = std::mem::take(&mut self.known);
        self.fonts.shelf.put(std::mem::take(&mut self.language), known);
    }
}

impl<'a> Shaper<'a> {
    /// A shaper for text in a language (a BCP 47 tag, such as `zh-Hans-CN`).
    pub fn new(fonts: &'a FontSet, language: &str) -> Shaper<'a> {
        let new = || Known {
            languages: vec![language.parse().ok()],
            ids: FxHashMap::from_iter([(language.into(), LangId::BOOK)]),
            ..Known::default()
        };
        Shaper {
            fonts,
            shapers: fonts.faces().map(|_| None).collect(),
            language: language.into(),
            buffer: Some(Buffer::new()),
            known: fonts.shelf.take(language).unwrap_or_else(new),
        }
    }
    /// The fonts it shapes with.
    pub fn fonts(&self) -> &'a FontSet {
        self.fonts
    }
    /// The language of a stretch of text, by its BCP 47 tag; `None` for the book's.
    ///
    /// The tag goes to HarfBuzz's rules as it is: they know that `zh-Hant-TW` and
    /// `zh-TW` are OpenType's ZHT, `zh-Hant-HK` and `yue` ZHH, `zh-Hans-CN` ZHS,
    /// whatever the case of their letters.
    pub fn language(&mut self, tag: Option<&str>) -> LangId {
        let Some(tag) = tag else { return LangId::BOOK };
        if let Some(id) = self.known.ids.get(tag) {
            return *id;
        }
        let id = LangId(self.known.languages.len() as u32);
        self.known.languages.push(tag.parse().ok());
        self.known.ids.insert(tag.into(), id);
        id
    }
    /// The face for a character, remembered.
    pub fn pick(&mut self, cut: Cut, side: Side, c: char) -> Option<FaceId> {
        let fonts = self.fonts;
        *self
            .known
            .picks
            .entry((cut, side, c))
            .or_insert_with(|| fonts.pick(cut, side, c))
    }
    /// The glyph of a Han character that stands alone, as most of a book's text
    /// does; `None` where no face has it or it takes several glyphs.
    pub fn single(&mut self, cut: Cut, lang: LangId, c: char) -> Option<Single> {
        let table = self.known.singles.table(cut, lang);
        if let Some(known) = self.known.singles.tables[table].get(c) {
            return known;
        }
        let single = self.pick(cut, Side::Han, c).and_then(|face| {
            let upem = i64::from(self.fonts.face(face).upem);
            let glyphs = self.shape(face, Side::Han, lang, c.encode_utf8(&mut [0; 4]));
            let [glyph] = *glyphs else { return None };
            Some(Single { face, upem, glyph })
        });
        self.known.singles.tables[table].put(c, single);
        single
    }
    /// The glyphs of a piece of text that stays together. Han is shaped as
    /// script Hani in its language: with script Zyyy `——` comes out at Latin
    /// height and marks in another region's corner.
    pub fn shape(
        &mut self,
        face: FaceId,
        side: Side,
        lang: LangId,
        text: &str,
    ) -> Arc<[RawGlyph]> {
        let key = (face, side, lang);
        if let Some(known) = self.known.shaped.get(&key).and_then(|m| m.get(text)) {
            return known.clone();
        }
        let glyphs = self.shape_new(face, side, lang, text);
        let memo = self.known.shaped.entry(key).or_default();
        memo.insert(text.into(), glyphs.clone());
        glyphs
    }
    fn shape_new(
        &mut self,
        face: FaceId,
        side: Side,
        lang: LangId,
        text: &str,
    ) -> Arc<[RawGlyph]> {
        let fonts = self.fonts;
        let slot = &mut self.shapers[usize::from(face.0)];
        let font = slot.get_or_insert_with(|| ShaperFont::new(fonts.face(face).font()));
        let mut buffer = self.buffer.take().unwrap_or_default();
        buffer.reset();
        buffer.push_str(text);
        buffer.set_direction(Direction::LeftToRight);
        let script = match side {
            Side::Han => Script::HAN,
            Side::Latin => latin_script(text),
        };
        buffer.set_script(Some(script));
        let language = &self.known.languages[lang.0 as usize];
        buffer.set_language(language.clone());
        let plan = self.known.plans.entry((face, script, lang)).or_insert_with(|| {
            let (font, way) = (fonts.face(face).font(), Direction::LeftToRight);
            ShapePlan::new(font, way, Some(script), language.as_ref(), &[])
        });
        // The only errors are a wrong direction or plan, which cannot happen
        // here; without glyphs the piece would be lost, so fall back to cmap.
        let options = ShapeOptions::new().plan(Some(plan));
        let shaped = harfrust::shape(font, &mut buffer, options).is_ok();
        let glyphs: Arc<[RawGlyph]> = if shaped {
            let positions = buffer.glyph_positions();
            let infos = buffer.glyph_infos();
            infos.iter().zip(positions).map(|(i, p)| raw(i, p)).collect()
        } else {
            nominal(fonts.face(face).font(), text)
        };
        let glyphs = stood_in(fonts.face(face), glyphs);
        self.buffer = Some(buffer);
        glyphs
    }
    /// The glyph that a piece of text has in vertical lines, where the face has one
    /// of its own for it (OpenType's `vert`).
    pub fn vertical(&mut self, face: FaceId, lang: LangId, text: &str) -> Option<u16> {
        let fonts = self.fonts;
        let slot = &mut self.shapers[usize::from(face.0)];
        let font = slot.get_or_insert_with(|| ShaperFont::new(fonts.face(face).font()));
        let mut buffer = Buffer::new();
        buffer.push_str(text);
        buffer.set_direction(Direction::TopToBottom);
        buffer.set_script(Some(Script::HAN));
        buffer.set_language(self.known.languages[lang.0 as usize].clone());
        harfrust::shape(font, &mut buffer, ShapeOptions::new()).ok()?;
        let [one] = buffer.glyph_infos() else { return None };
        Some(one.glyph_id as u16)
    }
    /// The ink of a glyph; `None` for a blank one.
    pub fn ink(&self, face: FaceId, glyph: u16) -> Option<Ink> {
        let mut inks = self.known.inks.borrow_mut();
        *inks.entry((face, glyph)).or_insert_with(|| self.measure(face, glyph))
    }
    fn measure(&self, face: FaceId, glyph: u16) -> Option<Ink> {
        let metrics = self.fonts.face(face).font().glyph_metrics();
        let e = metrics.extents(u32::from(glyph).into())?;
        (e.width > 0.0).then_some(Ink {
            x0: e.x_bearing,
            x1: e.x_bearing + e.width,
            y0: e.y_bearing - e.height,
            y1: e.y_bearing,
        })
    }
}

fn raw(info: &harfrust::GlyphInfo, pos: &harfrust::GlyphPosition) -> RawGlyph {
    RawGlyph {
        id: info.glyph_id as u16,
        cluster: info.cluster,
        advance: pos.x_advance,
        dx: pos.x_offset,
        dy: pos.y_offset,
    }
}

/// Puts a box where a face has nothing: archives and screen readers refuse files
/// that show glyph 0 (ISO 14289-1, 7.21.8). The text behind it stays what it is.
fn stood_in(face: &Face, glyphs: Arc<[RawGlyph]>) -> Arc<[RawGlyph]> {
    if glyphs.iter().all(|g| g.id != 0) {
        return glyphs;
    }
    let Some(id) = STAND_INS.iter().find_map(|c| face.glyph(*c)) else { return glyphs };
    let seen = |g: &RawGlyph| match g.id {
        0 => RawGlyph { id, ..*g },
        _ => *g,
    };
    glyphs.iter().map(seen).collect()
}

/// What shows that a character is missing, the best first.
const STAND_INS: [char; 4] = ['□', '〓', '\u{fffd}', '?'];

fn nominal(font: &skrifa::Font, text: &str) -> Arc<[RawGlyph]> {
    let map = font.charmap();
    let metrics = font.glyph_metrics();
    text.char_indices()
        .map(|(at, c)| {
            let id = map.map_unicode(c).unwrap_or_default();
            RawGlyph {
                id: id.to_u32() as u16,
                cluster: at as u32,
                advance: metrics.h_advance(id) as i32,
                dx: 0,
                dy: 0,
            }
        })
        .collect()
}

/// The script of a Western word, by its first letter.
fn latin_script(text: &str) -> Script {
    let letter = text.chars().find(|c| c.is_alphabetic());
    match letter {
        Some('\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}') => Script::GREEK,
        Some('\u{400}'..='\u{52f}') => Script::CYRILLIC,
        _ => Script::LATIN,
    }
}
