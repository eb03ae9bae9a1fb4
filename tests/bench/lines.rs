//! Composition of lines, on one core: `cargo bench --bench lines`.
//!
//! A novel of 820,000 characters is composed into items and broken into lines,
//! with every glyph already shaped. The target is 0.25 s for both.

#![allow(missing_docs, reason = "criterion's macros make public functions")]

mod novel;

use criterion::{Criterion, criterion_group, criterion_main};
use keben::cjk::Rules;
use keben::diag::Sink;
use keben::font::FontSet;
use keben::font::shape::Shaper;
use keben::geom::Len;
use keben::line::{self, Paragraph, Shape};
use keben::theme;

fn lines(c: &mut Criterion) {
    let fonts = FontSet::new(vec![]);
    let mut shaper = Shaper::new(&fonts, "zh-Hans-CN");
    let em = Len::milli_pt(10_500);
    let style = theme::named("default", &mut Sink::default()).body.style(em);
    let novel: Vec<_> = novel::paragraphs(820_000)
        .iter()
        .map(|text| Paragraph::plain(text, style))
        .collect();
    let shape =
        Shape { measure: em * 28, indent: em * 2, justify: true, ..Shape::default() };
    let rules = Rules::default();
    let mut group = c.benchmark_group("lines");
    group.sample_size(10);
    group.bench_function("compose", |b| {
        b.iter(|| {
            let mut n = 0;
            for p in &novel {
                let (indent, faults) = (shape.indent, &mut vec![]);
                let list = line::compose::compose(p, indent, &rules, &mut shaper, faults);
                n += list.items.len();
            }
            n
        })
    });
    group.bench_function("compose and break", |b| {
        b.iter(|| {
            let broken = |p: &Paragraph| {
                let faults = &mut vec![];
                line::broken(p, shape, &rules, &mut shaper, faults).ends.len()
            };
            novel.iter().map(broken).sum::<usize>()
        })
    });
    group.bench_function("compose, break and set", |b| {
        b.iter(|| {
            let set = |p: &Paragraph| {
                line::lay(p, shape, &rules, &mut shaper, &mut vec![]).len()
            };
            novel.iter().map(set).sum::<usize>()
        })
    });
    group.finish();
}

criterion_group!(benches, lines);
criterion_main!(benches);
