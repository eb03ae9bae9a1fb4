//! From the grammars' names to classes: a table.
//!
//! A place in code lies in several scopes, one inside another, each with a name of
//! parts: `source.rust`, `meta.function.rust`, `entity.name.function.rust`. The
//! innermost that the table knows decides, by the row of most parts.

use super::Class::{self, *};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;
use syntect::parsing::Scope;

/// What begins with these parts is of this class, or, with none, plain whatever is
/// around it. A row of two names asks for the first somewhere around the second.
const ROWS: &[(&str, Option<Class>)] = &[
    ("comment", Some(Comment)),
    ("constant", Some(Constant)),
    ("constant.numeric", Some(Number)),
    ("entity.name.class", Some(Type)),
    ("entity.name.constant", Some(Constant)),
    ("entity.name.enum", Some(Type)),
    ("entity.name.function", Some(Function)),
    ("entity.name.impl", Some(Type)),
    ("entity.name.interface", Some(Type)),
    ("entity.name.macro", Some(Attribute)),
    ("entity.name.section", Some(Keyword)),
    ("entity.name.struct", Some(Type)),
    ("entity.name.table", Some(Type)),
    ("entity.name.tag", Some(Keyword)),
    // the grammars of data call their keys tags
    ("entity.name.tag.toml", Some(Attribute)),
    ("entity.name.tag.yaml", Some(Attribute)),
    ("entity.name.trait", Some(Type)),
    ("entity.name.type", Some(Type)),
    ("entity.name.union", Some(Type)),
    ("entity.other.attribute-name", Some(Attribute)),
    ("entity.other.inherited-class", Some(Type)),
    ("keyword", Some(Keyword)),
    ("keyword.operator", Some(Operator)),
    ("keyword.other.unit", Some(Number)),
    ("markup.deleted", Some(Removed)),
    ("markup.heading", Some(Keyword)),
    ("markup.inserted", Some(Added)),
    ("meta.annotation", Some(Attribute)),
    ("meta.diff.header", Some(Comment)),
    ("meta.diff.range", Some(Comment)),
    // code inside a string
    ("meta.interpolation", None),
    ("meta.mapping.key string", Some(Attribute)),
    ("meta.mapping.key punctuation.definition.string", Some(Attribute)),
    ("punctuation", Some(Punctuation)),
    ("punctuation.accessor", Some(Operator)),
    ("punctuation.definition.annotation", Some(Attribute)),
    ("punctuation.definition.comment", Some(Comment)),
    ("punctuation.definition.deleted", Some(Removed)),
    ("punctuation.definition.entity", Some(Constant)),
    ("punctuation.definition.from-file", Some(Comment)),
    ("punctuation.definition.heading", Some(Keyword)),
    ("punctuation.definition.inserted", Some(Added)),
    ("punctuation.definition.parameter", Some(Attribute)),
    ("punctuation.definition.range", Some(Comment)),
    ("punctuation.definition.string", Some(String)),
    ("punctuation.definition.to-file", Some(Comment)),
    ("punctuation.definition.variable", Some(Variable)),
    ("punctuation.separator.decimal", Some(Number)),
    ("punctuation.terminator.entity", Some(Constant)),
    // a language inside another
    ("source", None),
    ("storage", Some(Keyword)),
    ("storage.modifier.conversion", Some(Constant)),
    ("storage.modifier.lifetime", Some(Variable)),
    ("storage.type.numeric", Some(Number)),
    ("storage.type.string", Some(String)),
    ("string", Some(String)),
    // bare words of YAML
    ("string.unquoted.plain", None),
    ("support.class", Some(Type)),
    ("support.constant", Some(Constant)),
    ("support.function", Some(Function)),
    ("support.macro", Some(Attribute)),
    ("support.type", Some(Type)),
    ("support.type.property-name", Some(Attribute)),
    ("variable", Some(Variable)),
    ("variable.annotation", Some(Attribute)),
    ("variable.function", Some(Function)),
    ("variable.parameter.option", Some(Attribute)),
];

/// A row, read: what must be around, what it is about, and its parts.
struct Row {
    around: Option<Scope>,
    scope: Scope,
    parts: u32,
    class: Option<Class>,
}

/// The rows by the first part of what they are about: few begin alike.
static TABLE: LazyLock<FxHashMap<u16, Vec<Row>>> = LazyLock::new(|| {
    let mut table: FxHashMap<u16, Vec<Row>> = FxHashMap::default();
    for row in ROWS.iter().filter_map(|(name, class)| row(name, *class)) {
        table.entry(row.scope.atom_at(0)).or_default().push(row);
    }
    table
});

/// Reads a row; names in the table are good, which its test sees to.
fn row(name: &str, class: Option<Class>) -> Option<Row> {
    let (around, name) =
        name.rsplit_once(' ').map_or((None, name), |(a, n)| (Some(a), n));
    let around = around.and_then(|a| Scope::new(a).ok());
    let scope = Scope::new(name).ok()?;
    let parts = scope.len() + around.map_or(0, Scope::len);
    Some(Row { around, scope, parts, class })
}

/// The class of a place by the scopes around it, the innermost last.
pub fn class(scopes: &[Scope]) -> Option<Class> {
    let known = (0..scopes.len()).rev().find_map(|i| {
        let holds = |r: &&Row| {
            let around = |a: Scope| scopes[..i].iter().any(|s| a.is_prefix_of(*s));
            r.scope.is_prefix_of(scopes[i]) && r.around.is_none_or(around)
        };
        let rows = TABLE.get(&scopes[i].atom_at(0))?;
        rows.iter().filter(holds).max_by_key(|r| r.parts)
    });
    known.and_then(|r| r.class)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn every_row_can_be_read() {
        assert_eq!(TABLE.values().map(Vec::len).sum::<usize>(), ROWS.len());
        assert!(ROWS.iter().all(|r| r.0.split(' ').count() <= 2));
    }
    #[test]
    fn the_innermost_decides_by_the_longest_row() {
        let class = |names: &str| {
            let scopes = names.split(' ').filter_map(|n| Scope::new(n).ok());
            class(&scopes.collect::<Vec<_>>())
        };
        assert_eq!(class("source.a keyword.operator.b"), Some(Operator));
        assert_eq!(class("source.a string.b constant.numeric"), Some(Number));
        assert_eq!(class("source.a meta.mapping.key.a string.b"), Some(Attribute));
        assert_eq!(class("source.a meta.mapping.value.a string.b"), Some(String));
        assert_eq!(class("string.a source.b"), None);
        assert_eq!(class("source.a meta.b"), None);
    }
}
