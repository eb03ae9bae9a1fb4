//! Places where two rules meet, each in a book of its own.

use crate::lines_pdf::case::row;
use crate::lines_pdf::check::Rules;

fn keeps(name: &str, page: &'static str, text: &'static str) {
    let case = row(page, "", text, Rules::USUAL, &[]);
    let wrong = case.wrong(&case.reading(name));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// U-05, where a space is typed between the two.
#[test]
fn a_number_stays_with_its_unit() {
    let text = "距离是10 km，重量是5 kg，长是148 mm，字号是10.5 pt，宽是294 pt，\
                行距是17 pt，容量是64 MB，频率是440 Hz，时间是30 s，高是210 mm。\n";
    keeps("units", "chars = 12", text);
}

/// W-03 beside W-06: ）？！ as ）？
#[test]
fn brackets_hug_stacked_marks() {
    let text =
        "他问“真的”？！我说（当然）！！他问《春》？！我不说了‘好’！！！天地玄黄。\n";
    keeps("stacked", "chars = 20", text);
}

/// L-02 beside U-06: what ends a line is what stands before the call.
#[test]
fn a_call_hides_no_bracket_at_a_lines_end() {
    let text =
        "一二三四五六（[^n]七八九十甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳。\n\n[^n]: 注。\n";
    keeps("call", "chars = 10", text);
}
