//! Operators of a page (ISO 32000-1, annex A), written as they are said. Numbers are whole
//! thousandths, so that none is ever rounded in a float.

use super::syntax;

/// A content stream that is being written.
#[derive(Debug, Default)]
pub struct Ops(Vec<u8>);

impl Ops {
    /// An operator with numbers before it, in thousandths.
    pub fn op(&mut self, numbers: &[i64], operator: &str) {
        for n in numbers {
            syntax::decimal(&mut self.0, *n, 3);
            self.0.push(b' ');
        }
        self.end(operator);
    }
    /// An operator with a number before it that has four decimals.
    pub fn fine(&mut self, n: i64, operator: &str) {
        syntax::decimal(&mut self.0, n, 4);
        self.0.push(b' ');
        self.end(operator);
    }
    /// An operator with the name of a resource before it.
    pub fn call(&mut self, name: &str, operator: &str) {
        self.name(name);
        self.end(operator);
    }
    /// A font of the page and its size, in thousandths.
    pub fn font(&mut self, name: &str, size: i64) {
        self.name(name);
        self.op(&[size], "Tf");
    }
    /// Glyphs: an array of strings of them, and of moves between these, as it is written.
    pub fn show(&mut self, array: &[u8]) {
        self.0.push(b'[');
        self.0.extend(array);
        self.0.push(b']');
        self.end("TJ");
    }
    /// Begins marked content (14.6); what it says of itself is a dictionary as it is
    /// written.
    pub fn begin(&mut self, tag: &str, properties: &[u8]) {
        syntax::name(&mut self.0, tag.as_bytes());
        self.0.extend(b"<<");
        self.0.extend(properties);
        self.0.extend(b">>");
        self.end("BDC");
    }
    /// The same, where a resource says it.
    pub fn begin_as(&mut self, tag: &str, name: &str) {
        syntax::name(&mut self.0, tag.as_bytes());
        self.call(name, "BDC");
    }
    /// The stream.
    pub fn finish(mut self) -> Vec<u8> {
        // Nothing follows the last operator that it would run on with.
        self.0.pop();
        self.0
    }
    fn name(&mut self, name: &str) {
        syntax::name(&mut self.0, name.as_bytes());
        self.0.push(b' ');
    }
    fn end(&mut self, operator: &str) {
        self.0.extend(operator.as_bytes());
        self.0.push(b'\n');
    }
}

#[cfg(test)]
mod tests {
    use super::Ops;

    #[test]
    fn operators_are_said_in_few_bytes() {
        let mut ops = Ops::default();
        ops.op(&[0, 1000, -12_500, 7], "m");
        ops.fine(1155, "Tc");
        ops.font("K0", 10_500);
        ops.begin("P", b"/MCID 0");
        ops.begin_as("Artifact", "Head");
        ops.show(b"(a)-20(b)");
        ops.call("P1", "Do");
        ops.op(&[], "ET");
        let said = String::from_utf8(ops.finish()).expect("ASCII");
        let wanted = "0 1 -12.5 0.007 m\n0.1155 Tc\n/K0 10.5 Tf\n/P<</MCID 0>>BDC\n\
            /Artifact/Head BDC\n[(a)-20(b)]TJ\n/P1 Do\nET";
        assert_eq!(said, wanted);
    }
}
