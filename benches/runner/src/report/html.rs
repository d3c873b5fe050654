//! A page with a plot per part. It needs nothing from elsewhere: the plots are SVG.

use std::fmt::Write;

use super::{Section, number, verdict};
use crate::figure::{Figure, Goal};

const STYLE: &str = "\
body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a }
h2 { margin: 2.5rem 0 .25rem } p { margin: 0 0 1rem; color: #555 }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .2rem .6rem; border-bottom: 1px solid #e4e4e4 }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums } .met { color: #14713d } .missed { color: #b3261e }
svg { width: 100%; height: auto; margin-bottom: 1rem } svg text { font: 12px system-ui, sans-serif; fill: #1a1a1a }
";

/// Pixels of a bar that is as long as the longest.
const BAR: f64 = 420.0;
/// Pixels to the left of the bars.
const LABELS: f64 = 420.0;
/// Pixels from bar to bar.
const LINE: f64 = 22.0;

/// The page.
pub(crate) fn html(sections: &[Section]) -> String {
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>chalice: measured against its peers</title>\n<style>\n{STYLE}</style>\n<h1>Measured against its peers</h1>\n<p>Bars are ours divided by the peer's; the line is the goal.</p>\n"
    );
    for section in sections {
        let _ = writeln!(
            page,
            "<h2>{}</h2>\n<p>{}</p>",
            escaped(section.part),
            escaped(section.about)
        );
        if let Some(failure) = &section.failure {
            let _ = writeln!(
                page,
                "<p class=\"missed\">Not measured: {}</p>",
                escaped(failure)
            );
            continue;
        }
        page += &plot(&section.figures);
        page += &rows(&section.figures);
    }
    page + "</html>\n"
}

/// A bar per figure: the ratio, and where the goal is.
fn plot(figures: &[Figure]) -> String {
    let goals = figures.iter().filter_map(|figure| limit(figure.goal));
    let ratios = figures.iter().map(Figure::ratio);
    let longest = goals
        .chain(ratios)
        .filter(|value| value.is_finite())
        .fold(0.0_f64, f64::max)
        .max(f64::MIN_POSITIVE);
    let width = |ratio: f64| (ratio.min(longest) / longest * BAR).max(1.0);
    let height = LINE * figures.len() as f64;
    let total = LABELS + BAR + 80.0;
    let mut svg = format!("<svg viewBox=\"0 0 {total} {height}\" role=\"img\">\n");
    for (index, figure) in figures.iter().enumerate() {
        let top = LINE * index as f64;
        let middle = top + LINE * 0.68;
        let ratio = figure.ratio();
        let colour = match figure.goal.is_met(ratio) {
            Some(true) => "#2e9e5b",
            Some(false) => "#d4483f",
            None => "#9a9a9a",
        };
        let label = escaped(&format!("{} / {}", figure.name, figure.against));
        let _ = writeln!(
            svg,
            "<text x=\"{:.0}\" y=\"{middle:.0}\" text-anchor=\"end\">{label}</text>\
             <rect x=\"{LABELS:.0}\" y=\"{:.0}\" width=\"{:.1}\" height=\"{:.0}\" fill=\"{colour}\"/>\
             <text x=\"{:.1}\" y=\"{middle:.0}\">{ratio:.3}</text>",
            LABELS - 8.0,
            top + 3.0,
            width(ratio),
            LINE - 6.0,
            LABELS + width(ratio) + 6.0,
        );
        if let Some(limit) = limit(figure.goal) {
            let x = LABELS + width(limit);
            let _ = writeln!(
                svg,
                "<line x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{top:.0}\" y2=\"{:.0}\" stroke=\"#1a1a1a\"/>",
                top + LINE
            );
        }
    }
    svg + "</svg>\n"
}

/// The figures themselves.
fn rows(figures: &[Figure]) -> String {
    let mut table = String::from(
        "<table>\n<tr><th>figure<th>against<th class=\"n\">ours<th class=\"n\">peer<th>unit<th class=\"n\">ratio<th>goal<th><th>how measured\n",
    );
    for figure in figures {
        let verdict = verdict(figure);
        let overlap = match figure.ours.count > 1 && figure.ours.overlaps(&figure.peer) {
            true => " (overlap: no difference)",
            false => "",
        };
        let _ = writeln!(
            table,
            "<tr><td>{}<td>{}<td class=\"n\">{}<td class=\"n\">{}<td>{}<td class=\"n\">{:.3}<td>{}<td class=\"{verdict}\">{verdict}{overlap}<td>{}",
            escaped(&figure.name),
            escaped(&figure.against),
            number(figure.ours.median),
            number(figure.peer.median),
            escaped(figure.unit),
            figure.ratio(),
            escaped(&figure.goal.to_string()),
            escaped(figure.measured),
        );
    }
    table + "</table>\n"
}

fn limit(goal: Goal) -> Option<f64> {
    match goal {
        Goal::Below(limit) | Goal::AtMost(limit) | Goal::Above(limit) => Some(limit),
        Goal::None => None,
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
