//! How far a request is, in four steps of plain words.

use i18n::T;
use ticket::Category;

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// `done now next`
    pub place: &'static str,
    pub icon: &'static str,
    pub text: String,
    /// A date, or what is awaited.
    pub note: String,
}

/// What decides about the steps.
#[derive(Debug, Clone)]
pub struct Progress {
    pub category: Category,
    /// Something was broken, so the end is that it is fixed.
    pub broken: bool,
    pub created: String,
    /// Who has it.
    pub with: String,
    /// The state in the requester's words.
    pub state: String,
    /// The last question of the desk.
    pub question: String,
    /// When it is usually answered and solved; empty when that is not known.
    pub answer: String,
    pub solution: String,
    /// When it was solved, closed or cancelled.
    pub ended: String,
}

/// The steps in their order.
pub fn steps(t: &T, progress: &Progress) -> Vec<Step> {
    let p = progress;
    let over = matches!(p.category, Category::Closed | Category::Cancelled);
    let working = matches!(p.category, Category::New | Category::Active | Category::Held);
    let mut steps = vec![step("done", t.msg("portal-step-received"), p.created.clone())];
    if p.category != Category::Cancelled {
        let note = match p.category {
            Category::Held => p.state.clone(),
            Category::New | Category::Active if !p.answer.is_empty() => p.answer.clone(),
            Category::New => t.msg("portal-step-queue").into_owned(),
            _ => String::new(),
        };
        let with = t.with("portal-step-with", &[("name", (&p.with).into())]);
        steps.push(step(if working { "now" } else { "done" }, with, note));
    }
    if p.category == Category::Waiting {
        steps.push(step("now", p.state.clone(), p.question.clone()));
    }
    let ended = if p.category.is_open() { p.solution.clone() } else { p.ended.clone() };
    let place = match p.category {
        Category::Resolved => "now",
        _ if over => "done",
        _ => "next",
    };
    let text = match p.broken {
        // How it ended is the word of its state: closed, declined, cancelled.
        _ if over => p.state.clone(),
        true => t.msg("portal-step-fixed").into_owned(),
        false => t.msg("portal-step-done").into_owned(),
    };
    let mut last = step(place, text, ended);
    if p.category == Category::Cancelled {
        last.icon = "circle-x";
    }
    steps.push(last);
    debug_assert!(over || steps.iter().filter(|s| s.place == "now").count() == 1, "one step is the present one");
    steps
}

fn step(place: &'static str, text: impl Into<String>, note: String) -> Step {
    let icon = match place {
        "done" => "circle-check",
        "now" => "circle-dot",
        _ => "circle",
    };
    Step { place, icon, text: text.into(), note }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Lang;

    fn told(category: Category, broken: bool) -> Vec<String> {
        let progress = Progress {
            category,
            broken,
            created: "22 Nov".into(),
            with: "Olga (Network)".into(),
            state: match category {
                Category::Held => "With our supplier",
                Category::Waiting => "Waiting for you",
                _ => "Declined",
            }
            .into(),
            question: "which floor?".into(),
            answer: String::new(),
            solution: String::new(),
            ended: "23 Nov".into(),
        };
        steps(&T::utc(Lang::En), &progress).into_iter().map(|s| format!("{} {} {}", s.place, s.text, s.note).trim().to_owned()).collect()
    }

    #[test]
    fn each_category_has_one_present_step_or_is_over() {
        let fixed = "next Fixed?";
        assert_eq!(told(Category::New, true), ["done Received 22 Nov", "now With Olga (Network) In the queue", fixed]);
        assert_eq!(told(Category::Active, true), ["done Received 22 Nov", "now With Olga (Network)", fixed]);
        assert_eq!(told(Category::Held, true)[1], "now With Olga (Network) With our supplier");
        assert_eq!(told(Category::Waiting, true)[1..], ["done With Olga (Network)", "now Waiting for you which floor?", fixed]);
        assert_eq!(told(Category::Resolved, false)[1..], ["done With Olga (Network)", "now Done? 23 Nov"]);
        assert_eq!(told(Category::Closed, true)[2], "done Declined 23 Nov");
        assert_eq!(told(Category::Cancelled, true), ["done Received 22 Nov", "done Declined 23 Nov"]);
    }
}
