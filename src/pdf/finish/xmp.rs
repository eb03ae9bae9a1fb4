//! XMP (ISO 16684-1): properties as RDF.

use std::fmt::Write;

/// The value of a property.
#[derive(Debug, Clone)]
pub enum Value {
    /// a text
    Text(String),
    /// a text that may have versions in other languages; this is the usual one
    Default(String),
    /// texts in no order
    Bag(Vec<String>),
    /// texts in order
    List(Vec<String>),
}

/// Prefixes and what they stand for.
const SPACES: &[(&str, &str)] = &[
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("xmp", "http://ns.adobe.com/xap/1.0/"),
    ("xmpMM", "http://ns.adobe.com/xap/1.0/mm/"),
    ("pdf", "http://ns.adobe.com/pdf/1.3/"),
    ("pdfaid", "http://www.aiim.org/pdfa/ns/id/"),
    ("pdfuaid", UA),
    ("pdfxid", "http://www.npes.org/pdfx/ns/id/"),
];
const UA: &str = "http://www.aiim.org/pdfua/ns/id/";

/// A packet with some properties. It cannot be edited in its place, so it has no
/// padding.
pub fn xmp(properties: &[(&str, Value)]) -> String {
    let mut out =
        String::from("<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n");
    out.push_str("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n");
    out.push_str("<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n");
    for (prefix, space) in SPACES {
        let own: Vec<_> = properties
            .iter()
            .filter(|(name, _)| name.split_once(':').is_some_and(|n| n.0 == *prefix))
            .collect();
        if own.is_empty() {
            continue;
        }
        writeln!(out, "<rdf:Description rdf:about=\"\" xmlns:{prefix}=\"{space}\">").ok();
        for (name, value) in own {
            property(name, value, &mut out);
        }
        out.push_str("</rdf:Description>\n");
        if *space == UA {
            out.push_str(UA_SCHEMA);
        }
    }
    out.push_str("</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
    out
}

fn property(name: &str, value: &Value, out: &mut String) {
    let list = |kind: &str, items: &[String], out: &mut String| {
        write!(out, "<rdf:{kind}>").ok();
        for item in items {
            write!(out, "<rdf:li>{}</rdf:li>", escaped(item)).ok();
        }
        write!(out, "</rdf:{kind}>").ok();
    };
    write!(out, "<{name}>").ok();
    match value {
        Value::Text(text) => out.push_str(&escaped(text)),
        Value::Default(text) => {
            let text = escaped(text);
            let li = format!("<rdf:li xml:lang=\"x-default\">{text}</rdf:li>");
            write!(out, "<rdf:Alt>{li}</rdf:Alt>").ok();
        }
        Value::Bag(items) => list("Bag", items, out),
        Value::List(items) => list("Seq", items, out),
    }
    writeln!(out, "</{name}>").ok();
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Archives want properties that they do not know described (ISO 19005-2, 6.6.2.3).
const UA_SCHEMA: &str = concat!(
    "<rdf:Description rdf:about=\"\"\n",
    " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\"\n",
    " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\"\n",
    " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n",
    "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n",
    "<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\n",
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\n",
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n",
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n",
    "<pdfaProperty:name>part</pdfaProperty:name>\n",
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n",
    "<pdfaProperty:category>internal</pdfaProperty:category>\n",
    "<pdfaProperty:description>part of ISO 14289 that the file follows</pdfaProperty:description>\n",
    "</rdf:li></rdf:Seq></pdfaSchema:property>\n",
    "</rdf:li></rdf:Bag></pdfaExtension:schemas>\n",
    "</rdf:Description>\n",
);
