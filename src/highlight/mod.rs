//! Code into tokens of a few classes: what a word is, not how it looks. The
//! grammars are Sublime Text's, read by syntect; [`scopes`] says which of their
//! many names mean which class.

mod memo;
pub mod names;
pub mod scopes;

use memo::{Known, Memo, Parsed};
use rayon::prelude::*;
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock};
use syntect::parsing::{ParseState, ScopeStack, SyntaxReference, SyntaxSet};

/// What a stretch of code is. Themes say how each class looks; the style sheet of
/// the EPUB knows it as `tok-` and its name.
#[derive(Debug, Copy, Clone, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub enum Class {
    /// word of the language; name of a tag
    Keyword,
    /// type
    Type,
    /// function, where it is defined or called
    Function,
    /// variable, parameter
    Variable,
    /// text in quotes
    String,
    /// number
    Number,
    /// constant, escape in a string
    Constant,
    /// comment
    Comment,
    /// sign that does something
    Operator,
    /// sign that parts or encloses
    Punctuation,
    /// key, attribute, annotation, macro
    Attribute,
    /// line that a change adds
    Added,
    /// line that a change removes
    Removed,
}

impl Class {
    /// Every class.
    pub const ALL: [Class; 13] = [
        Class::Keyword,
        Class::Type,
        Class::Function,
        Class::Variable,
        Class::String,
        Class::Number,
        Class::Constant,
        Class::Comment,
        Class::Operator,
        Class::Punctuation,
        Class::Attribute,
        Class::Added,
        Class::Removed,
    ];
    /// Its name in themes and style sheets.
    pub fn name(self) -> &'static str {
        match self {
            Class::Keyword => "keyword",
            Class::Type => "type",
            Class::Function => "function",
            Class::Variable => "variable",
            Class::String => "string",
            Class::Number => "number",
            Class::Constant => "constant",
            Class::Comment => "comment",
            Class::Operator => "operator",
            Class::Punctuation => "punctuation",
            Class::Attribute => "attribute",
            Class::Added => "added",
            Class::Removed => "removed",
        }
    }
    /// The class of a name.
    pub fn named(name: &str) -> Option<Class> {
        Class::ALL.into_iter().find(|c| c.name() == name)
    }
}

/// A stretch of a line, in bytes, and what it is.
#[derive(Debug, Clone, Eq, PartialEq)]
pub struct Token {
    /// what it is
    pub class: Class,
    /// where it is in its line
    pub range: Range<usize>,
}

/// Longest line that is looked into, in bytes. A grammar tries each of its
/// patterns at each place of a line, and some of them look ahead to its end: work
/// grows with the square of the length. Nobody reads such a line.
pub const LONGEST_LINE: usize = 500;
/// Longest text that is looked into, in bytes: some twenty pages. The worst text of
/// this length takes seconds (backticks in Markdown), others less than one.
pub const LONGEST: usize = 32 * 1024;

/// The tokens of each line of a text, in order. What is in none is plain: blanks,
/// names that mean nothing to the grammar, and everything where the language is
/// unknown, the text is longer than is looked into, or the grammar gives up.
///
/// Every output of a book asks for the same texts, and so does a book that is made
/// again: what was found lately is kept.
pub fn tokens(lang: Option<&str>, text: &str) -> Arc<Lines> {
    static KNOWN: Mutex<Memo> = Mutex::new(Memo::new());
    let plain = || text.split('\n').map(|_| vec![]).collect();
    let fits = text.len() <= LONGEST && text.split('\n').all(|l| l.len() <= LONGEST_LINE);
    let Some(lang) = lang.filter(|_| fits) else { return Arc::new(plain()) };
    if let Some(known) = KNOWN.lock().ok().and_then(|memo| memo.get(lang, text)) {
        return known;
    }
    let Some(syntax) = syntax(lang) else { return Arc::new(plain()) };
    let found = Arc::new(parsed(syntax, text).unwrap_or_else(plain));
    if let Ok(mut memo) = KNOWN.lock() {
        memo.put(lang, text, &found);
    }
    found
}

/// The tokens of each line of a text.
pub type Lines = Vec<Vec<Token>>;

/// Begins to look into texts, each with its language, before they are asked for: to
/// compile a grammar's patterns takes longer than to set many chapters.
pub fn ahead(mut texts: Vec<(String, String)>) {
    if !texts.is_empty() {
        // Whoever needs a pattern that is being compiled waits: others have other languages.
        texts.sort_unstable();
        rayon::spawn(move || {
            texts.par_iter().for_each(|(lang, text)| drop(tokens(Some(lang), text)));
        });
    }
}

/// The grammars: found in the binary at the first use, each unpacked and its
/// patterns compiled when first needed.
fn grammars() -> &'static SyntaxSet {
    static GRAMMARS: OnceLock<SyntaxSet> = OnceLock::new();
    GRAMMARS.get_or_init(two_face::syntax::extra_newlines)
}

/// The grammar of a language tag, as it is written after a fence.
fn syntax(tag: &str) -> Option<&'static SyntaxReference> {
    let tag = tag.to_lowercase();
    let name = names::canonical(&tag)?;
    grammars().find_syntax_by_token(name)
}

fn parsed(syntax: &SyntaxReference, text: &str) -> Option<Vec<Vec<Token>>> {
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut lines = vec![];
    let mut whole = String::new();
    for line in text.split('\n') {
        // The grammars want the line feed.
        whole.clear();
        whole.push_str(line);
        whole.push('\n');
        let mut out: Vec<Token> = vec![];
        let mut at = 0;
        let parsed = self::line(&state, &whole)?;
        for (to, op) in &parsed.found {
            stretch(&mut out, line, at..*to, &stack);
            stack.apply(op).ok()?;
            at = at.max(*to);
        }
        state.clone_from(&parsed.after);
        stretch(&mut out, line, at..line.len(), &stack);
        lines.push(out);
    }
    Some(lines)
}

/// What a grammar finds in a line, unless that is known.
fn line(state: &ParseState, whole: &str) -> Option<Arc<Parsed>> {
    static KNOWN: Mutex<Option<Known>> = Mutex::new(None);
    let known = KNOWN.lock().ok();
    if let Some(parsed) = known.and_then(|k| k.as_ref()?.get(whole, state)) {
        return Some(parsed);
    }
    let mut after = state.clone();
    let found = after.parse_line(whole, grammars()).ok()?;
    let parsed = Arc::new(Parsed { before: state.clone(), found, after });
    if let Ok(mut known) = KNOWN.lock() {
        known.get_or_insert_default().put(whole, &parsed);
    }
    Some(parsed)
}

/// Adds a stretch in one scope, without the blanks at its ends.
fn stretch(out: &mut Vec<Token>, line: &str, range: Range<usize>, stack: &ScopeStack) {
    let range = range.start..range.end.min(line.len());
    let Some(text) = line.get(range.clone()) else { return };
    let kept = text.trim_end().len();
    let blank = kept - text.trim().len();
    let range = range.start + blank..range.start + kept;
    let Some(mut class) = scopes::class(stack.as_slice()).filter(|_| !range.is_empty())
    else {
        return;
    };
    // `not`, `as`, `sizeof`: an operator that is a word is a word of the language.
    if class == Class::Operator && line[range.clone()].starts_with(char::is_alphabetic) {
        class = Class::Keyword;
    }
    // Words of one text are one token, keywords beside each other are not.
    let prose =
        matches!(class, Class::Comment | Class::String | Class::Added | Class::Removed);
    let joins = |t: &&mut Token| {
        let between = &line[t.range.end..range.start];
        t.class == class && (between.is_empty() || prose && between.trim().is_empty())
    };
    match out.last_mut().filter(joins) {
        Some(last) => last.range.end = range.end,
        None => out.push(Token { class, range }),
    }
}

#[cfg(test)]
mod tests;
