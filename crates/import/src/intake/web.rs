//! `/admin/import`: upload, mapping, dry run, run, roll-back.

use access::Verb;
use api_kit::{Key, PageParams, RequestKeyed as _};
use axum::extract::{Request, State};
use files::Files;
use i18n::T;
use kernel::{BatchId, Error, ErrorKind, Id, Page, PageRequest};
use serde::Deserialize;
use ui::{Choice, Flash, FormErrors};
use web_kit::{App, Fail, Form, Path, Query, Received, Result, Side, Viewer, page, receive, see_other};

use super::actions::{self, NewIntake};
use super::dry::{Dry, DryRow};
use super::form::{self, Fields, field};
use super::open::Meant;
use super::propose::{Brought, Proposed, offered, people, proposed, renewed, scanned};
use super::serve::{self, Seen};
use super::views::{DryView, FieldRow, ImportPage, Line, ListPage, RowView, StepView};
use super::{IntakeState, Step, open};
use crate::mapping::FileRule;
use crate::party::Sort;
use crate::records::{Field, fields_of, written};
use crate::refusal::Reason;
use crate::store::intake as sql;
use crate::tickets::columns::Column;
use crate::tickets::draft::Draft;
use crate::{RecordMapping, SORTS, TICKETS};

type FilesRef = axum::Extension<Files>;

/// The words for what rows are.
const fn sort_label(sort: Sort) -> &'static str {
    match sort {
        Sort::Person => i18n::key!("import-sort-person"),
        Sort::Organisation => i18n::key!("import-sort-organisation"),
        Sort::Service => i18n::key!("import-sort-service"),
        Sort::Team => i18n::key!("import-sort-team"),
        Sort::Location => i18n::key!("import-sort-location"),
    }
}

fn records_label(t: &T, records: &str) -> String {
    if records == TICKETS {
        return t.msg("import-sort-ticket").into_owned();
    }
    let sort = SORTS.iter().find(|(word, _)| *word == records).map(|(_, sort)| *sort);
    sort.map_or_else(|| records.to_owned(), |sort| t.msg(sort_label(sort)).into_owned())
}

fn errors(t: &T, error: &Error) -> FormErrors {
    let mut errors = FormErrors::new();
    for field in error.fields() {
        errors.push(field.field.to_string(), t.field_error(field));
    }
    if errors.is_empty() {
        errors.push("", t.error(error));
    }
    errors
}

fn comes_back(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict | ErrorKind::Stale | ErrorKind::Busy)
}

/// What the page before did, told once.
#[derive(Debug, Default, Deserialize)]
pub struct Told {
    #[serde(default)]
    done: String,
}

fn flash(t: &T, what: &str) -> Option<Flash> {
    let text = match what {
        "brought" => t.msg("import-done-brought"),
        "saved" => t.msg("import-done-saved"),
        "stopped" => t.msg("import-done-stopped"),
        _ => return None,
    };
    Some(Flash { kind: "ok", text: text.into_owned(), undo: None })
}

/// # Errors
/// The database does not answer.
pub async fn list(State(app): State<App>, viewer: Viewer, Query(asked): Query<PageParams>) -> Result {
    listed(&app, &viewer, &asked, &Received::default(), FormErrors::new()).await
}

async fn listed(app: &App, viewer: &Viewer, asked: &PageParams, typed: &Received, errors: FormErrors) -> Result {
    let request = PageRequest { limit: asked.limit, cursor: asked.cursor.clone() };
    let (found, tenants) = serve::read(app, viewer, "import.list", move |rd, actor| {
        let before: i64 = request.after()?.unwrap_or(i64::MAX);
        let limit = request.limit();
        let rows = sql::list(rd, &actor.tenants(Verb::ImportRun), Id::new(before), u64::try_from(limit).unwrap_or(0) + 1)?;
        Ok((Page::of(rows, limit, |intake| intake.id.raw()), actions::tenants(rd, actor)?))
    })
    .await?;
    let (t, now) = (viewer.t.clone(), app.now());
    let place = |id| tenants.iter().find(|(tenant, _)| *tenant == id).map(|(_, name)| name.clone()).unwrap_or_default();
    let rows = found.rows.iter().map(|intake| Line {
        id: intake.id.raw(),
        file: intake.file_name.clone(),
        records: records_label(&t, &intake.records),
        place: place(intake.tenant),
        state: t.msg(intake.state.label()).into_owned(),
        iso: intake.created_at.to_rfc3339(),
        when: t.moment(intake.created_at, now),
    });
    let home = viewer.actor.tenant.to_string();
    let chosen = if typed.text("tenant").is_empty() { home.as_str() } else { typed.text("tenant") };
    let made = ListPage {
        chrome: viewer.chrome(app, Side::Console, t.msg("import-imports")),
        rows: rows.collect(),
        next: found.next.map(|next| format!("/admin/import?cursor={next}")).unwrap_or_default(),
        errors,
        client_id: kernel::token(&*app.web.entropy),
        source: typed.text("source").to_owned(),
        records: SORTS
            .iter()
            .map(|(word, _)| *word)
            .chain([TICKETS])
            .map(|word| Choice::new(word, records_label(&t, word), word == typed.text("records")))
            .collect(),
        tenants: tenants.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone(), id.to_string() == chosen)).collect(),
        t,
    };
    page!(viewer, made, as_main)
}

/// # Errors
/// What cannot be told on the form.
pub async fn bring(State(app): State<App>, viewer: Viewer, files: FilesRef, request: Request) -> Result {
    let received = receive(request, &files.0, viewer.actor.tenant, app.web.bodies.upload).await?;
    match brought(&app, &viewer, &files.0, &received).await {
        Ok(id) => Ok(see_other(&format!("/admin/import/{id}?done=brought"))),
        Err(error) if comes_back(&error) => {
            let again = listed(&app, &viewer, &PageParams::default(), &received, errors(&viewer.t, &error)).await;
            refused_form(again, error)
        }
        Err(error) => Err(error.into()),
    }
}

fn refused_form(page: Result, error: Error) -> Result {
    let mut response = page?;
    *response.status_mut() = Fail::from(error).status();
    Ok(response)
}

async fn brought(app: &App, viewer: &Viewer, files: &Files, received: &Received) -> kernel::Result<BatchId> {
    Error::of_fields(received.mistakes.clone())?;
    let file = received.files.first().ok_or_else(|| Error::invalid("file", "error-required"))?;
    let (records, source) = (received.text("records").to_owned(), received.text("source"));
    let tenant = Some(received.text("tenant").trim()).filter(|text| !text.is_empty());
    let tenant = tenant.map(|text| text.parse().map_err(|_| Error::invalid("tenant", "error-choice"))).transpose()?;
    let brought = Brought {
        file: file.file,
        name: file.name.clone(),
        history: received.files.get(1).map(|file| (file.file, file.name.clone())),
        records: records.clone(),
        source: source.to_owned(),
        tenant: tenant.unwrap_or(viewer.actor.tenant),
    };
    let tenant_wanted = brought.tenant;
    serve::read(app, viewer, "import.tenant", move |rd, actor| actions::may_bring(rd, actor, tenant_wanted)).await?;
    let Proposed { file, name, columns, mapping } = proposed(app, viewer, files, &brought).await?;
    let key = Key::of_form(received.text("client_id"), &received.asked()).stored(viewer.actor.require_person()?, "import.create");
    let new = NewIntake { tenant, file, file_name: name, records, columns, mapping };
    serve::act(app, viewer, "import.create", key, move |tx, actor, act| actions::create(tx, actor, act, &new)).await
}

/// # Errors
/// There is no such import for the viewer.
pub async fn show(State(app): State<App>, viewer: Viewer, Path(id): Path<BatchId>, Query(told): Query<Told>) -> Result {
    shown(&app, &viewer, id, None, FormErrors::new(), &told.done).await
}

/// Saves the mapping; begins the dry run of it, too.
///
/// # Errors
/// What cannot be told on the form.
pub async fn correct(State(app): State<App>, viewer: Viewer, files: FilesRef, Path(id): Path<BatchId>, Form(sent): Form<Fields>) -> Result {
    let seen = serve::seen(&app, &viewer, id).await?;
    let version: i64 = field(&sent, "version").parse().map_err(|_| Error::invalid("version", "error-number"))?;
    let text = match open::mapping(&seen.intake.mapping)? {
        Meant::Records(old) => of_records(&old, &sent),
        Meant::Tickets(old) => of_tickets(&app, &viewer, &files.0, &seen, &old.file, &sent).await?,
    };
    let kept = text.clone();
    let changed = serve::act(&app, &viewer, "import.correct", None, move |tx, actor, act| {
        actions::correct(tx, actor, act, id, Some(version), &text)?;
        actions::begin(tx, actor, act, id, Step::Check)
    });
    match changed.await {
        Ok(()) => Ok(see_other(&format!("/admin/import/{id}"))),
        Err(error) if comes_back(&error) => {
            let mistakes = errors(&viewer.t, &error);
            refused_form(shown(&app, &viewer, id, Some(&kept), mistakes, "").await, error)
        }
        Err(error) => Err(error.into()),
    }
}

/// The mapping that a form for records says.
fn of_records(old: &RecordMapping, sent: &Fields) -> String {
    let columns: Vec<(Field, String)> = fields_of(old.sort)
        .iter()
        .map(|known| (*known, field(sent, &format!("f-{}", known.key())).to_owned()))
        .filter(|(_, column)| !column.is_empty())
        .collect();
    written(old.sort, field(sent, "source").trim(), !field(sent, "create").is_empty(), &old.file, &columns)
}

/// The mapping that a form for tickets says. The words of a column that was chosen anew are looked up in the file.
async fn of_tickets(app: &App, viewer: &Viewer, files: &Files, seen: &Seen, rule: &FileRule, sent: &Fields) -> kernel::Result<String> {
    if sent.iter().any(|(name, _)| name == "mapping") {
        return Ok(field(sent, "mapping").replace("\r\n", "\n"));
    }
    let (mut draft, mut anew) = form::posted(sent, viewer.t.lang().tag());
    let intake = &seen.intake;
    let offered = offered(&app.db, intake.tenant).await?;
    let knows = |state: &str| offered.catalogue.kind(intake.tenant, &draft.kind).is_some_and(|kind| kind.state(state).is_some());
    let of_another_kind =
        draft.words.get(&Column::State).is_some_and(|words| words.iter().any(|(_, state)| !state.is_empty() && !knows(state)));
    if of_another_kind {
        anew.push(Column::State);
    }
    if !anew.is_empty() {
        let scan = scanned(files, intake.file, &intake.file_name, rule.clone()).await?;
        renewed(&scan, &mut draft, &anew, &offered, intake.tenant);
        let (actor, tenant) = (std::sync::Arc::clone(&viewer.actor), intake.tenant);
        draft = app
            .db
            .read("import.people", move |rd| {
                people(rd, &actor, tenant, &mut draft)?;
                Ok(draft)
            })
            .await?;
    }
    let kind = offered.catalogue.kind(intake.tenant, &draft.kind).ok_or_else(|| Error::invalid("kind", "error-choice"))?;
    Ok(draft.written(rule, kind))
}

/// Begins a step, or stops the one that is at work.
///
/// # Errors
/// What cannot be told on the page.
pub async fn step(State(app): State<App>, viewer: Viewer, Path((id, step)): Path<(BatchId, String)>) -> Result {
    let begun = match step.as_str() {
        "check" => Step::Check,
        "run" => Step::Run,
        "undo" => Step::Undo,
        "stop" => {
            let asked = serve::act(&app, &viewer, "import.stop", None, move |tx, actor, act| actions::stop(tx, actor, act, id)).await;
            return after(&app, &viewer, id, asked, "?done=stopped").await;
        }
        _ => return Err(Error::not_found().into()),
    };
    let asked = serve::act(&app, &viewer, "import.begin", None, move |tx, actor, act| actions::begin(tx, actor, act, id, begun)).await;
    after(&app, &viewer, id, asked, "").await
}

async fn after(app: &App, viewer: &Viewer, id: BatchId, asked: kernel::Result<()>, told: &str) -> Result {
    match asked {
        Ok(()) => Ok(see_other(&format!("/admin/import/{id}{told}"))),
        Err(error) if comes_back(&error) => {
            let mistakes = errors(&viewer.t, &error);
            refused_form(shown(app, viewer, id, None, mistakes, "").await, error)
        }
        Err(error) => Err(error.into()),
    }
}

/// Which form the refused rows are wanted in.
#[derive(Debug, Default, Deserialize)]
pub struct Reasons {
    #[serde(default)]
    reasons: bool,
}

/// # Errors
/// There is no such import for the viewer, or nothing was run.
pub async fn refused(State(app): State<App>, viewer: Viewer, Path(id): Path<BatchId>, Query(asked): Query<Reasons>) -> Result {
    Ok(serve::refused(&app, &viewer, id, asked.reasons).await?)
}

/// `typed`: the mapping that could not be saved.
async fn shown(app: &App, viewer: &Viewer, id: BatchId, typed: Option<&str>, errors: FormErrors, told: &str) -> Result {
    let seen = serve::seen(app, viewer, id).await?;
    let t = viewer.t.clone();
    let meant = open::mapping(&seen.intake.mapping)?;
    let open_to_change = matches!(seen.intake.state, IntakeState::Ready | IntakeState::Checked);
    let header: Vec<String> = serde_json::from_str(&seen.intake.columns).map_err(Error::internal)?;
    let (mut fields, mut tickets, mut create) = (Vec::new(), None, false);
    let mut source = meant.source().to_owned();
    match &meant {
        Meant::Records(mapping) if open_to_change => {
            let typed = typed.and_then(|text| RecordMapping::read("mapping", text).ok());
            let mapping = typed.as_ref().unwrap_or(mapping);
            fields = field_rows(&t, mapping, &header);
            create = mapping.create;
            source.clone_from(&mapping.source);
        }
        Meant::Tickets(mapping) if open_to_change => {
            let text = typed.unwrap_or(&seen.intake.mapping);
            let offered = offered(&app.db, seen.intake.tenant).await?;
            let kinds = offered.catalogue.kinds(seen.intake.tenant);
            tickets = Some(match Draft::of(text, &mapping.file, &kinds) {
                Some(draft) => {
                    create = draft.create;
                    source.clone_from(&draft.source);
                    form::view(&t, &draft, &header, &offered, seen.intake.tenant)
                }
                None => form::text_view(text),
            });
        }
        Meant::Records(_) | Meant::Tickets(_) => {}
    }
    let mut chrome = viewer.chrome(app, Side::Console, seen.intake.file_name.clone());
    chrome.flash = flash(&t, told);
    let state = seen.intake.state;
    let made = ImportPage {
        chrome,
        id: id.raw(),
        version: seen.intake.version,
        facts: vec![
            (t.msg("import-records").into_owned(), records_label(&t, &seen.intake.records)),
            (t.msg("import-number").into_owned(), id.to_string()),
        ],
        state: t.msg(state.label()).into_owned(),
        at_work: state.is_at_work(),
        stopping: seen.intake.stop,
        stage: if seen.intake.stage.is_empty() { String::new() } else { t.msg(&seen.intake.stage).into_owned() },
        percent: (seen.intake.total > 0).then(|| (seen.intake.done * 100 / seen.intake.total).clamp(0, 100)),
        trouble: trouble(&t, &seen.intake.trouble),
        errors,
        fields,
        tickets,
        source,
        create,
        dry: seen.dry().filter(|_| state == IntakeState::Checked).map(|dry| dry_view(&t, dry, &seen.intake.records)),
        report: report(&t, &seen),
        refused: seen.report.as_ref().is_some_and(|report| report.batch.rows_refused > 0) && state != IntakeState::Undone,
        steps: steps(&t, state),
        t,
    };
    page!(viewer, made, as_main)
}

fn trouble(t: &T, trouble: &str) -> String {
    if trouble.starts_with("error-") { t.msg(trouble).into_owned() } else { trouble.to_owned() }
}

fn field_rows(t: &T, mapping: &RecordMapping, header: &[String]) -> Vec<FieldRow> {
    let chosen = |field: Field| mapping.columns.get(&field).map(|said| said.text.as_str());
    let row = |field: &Field| FieldRow {
        key: field.key(),
        label: t.msg(&format!("import-field-{}", field.key().replace('_', "-"))).into_owned(),
        columns: header
            .iter()
            .filter(|column| !column.is_empty())
            .map(|column| Choice::new(column.clone(), column.clone(), chosen(*field) == Some(column.as_str())))
            .collect(),
    };
    fields_of(mapping.sort).iter().map(row).collect()
}

fn count(n: u64) -> i18n::Arg<'static> {
    i64::try_from(n).unwrap_or(i64::MAX).into()
}

fn dry_view(t: &T, dry: Dry, records: &str) -> DryView {
    let tickets = records == TICKETS;
    let args = [("made", count(dry.made)), ("changed", count(dry.changed)), ("same", count(dry.same)), ("refused", count(dry.refused))];
    let reason = |code: &str, detail: &str| Reason::from_code(code).map(|reason| reason.words(t, detail)).unwrap_or_default();
    let sort = |key: &str| Sort::from_key(key).map_or_else(String::new, |sort| t.msg(sort_label(sort)).into_owned());
    let refused = dry.reasons.iter().map(|of| format!("{}: {}", of.count, reason(&of.reason, "…")));
    let needed = dry.needed.iter().map(|of| format!("{}: {}", sort(&of.sort), of.names.join(", ")));
    let row = |row: DryRow| {
        let (becomes, tone) = match row.becomes.as_str() {
            "made" => ("import-becomes-made", "ok"),
            "changed" => ("import-becomes-changed", "info"),
            "same" => ("import-becomes-same", "muted"),
            _ => ("import-becomes-refused", "danger"),
        };
        let label = |field: &str| {
            if tickets { form::label(t, field) } else { t.msg(&format!("import-field-{}", field.replace('_', "-"))).into_owned() }
        };
        RowView {
            line: row.line,
            cells: row.cells.into_iter().filter(|cell| !cell.value.is_empty()).map(|cell| (cell.column, cell.value)).collect(),
            becomes: t.msg(becomes).into_owned(),
            tone,
            why: row.reason.map(|code| reason(&code, &row.detail)).unwrap_or_default(),
            changes: row.changes.into_iter().map(|change| (label(&change.field), change.before, change.after)).collect(),
        }
    };
    DryView {
        sum: t.with(if tickets { "import-dry-tickets" } else { "import-dry-sum" }, &args),
        refused: refused.collect(),
        needed: needed.collect(),
        unused: dry.unused_columns.join(", "),
        rows: dry.samples.into_iter().map(row).collect(),
    }
}

fn report(t: &T, seen: &Seen) -> Vec<String> {
    let Some(report) = &seen.report else { return Vec::new() };
    let batch = &report.batch;
    let args = [("read", batch.rows_read.into()), ("applied", batch.rows_applied.into()), ("refused", batch.rows_refused.into())];
    let mut out = vec![t.with("import-report-sum", &args)];
    if seen.intake.records == TICKETS {
        out.push(t.with("import-report-tickets", &[("count", batch.cases.into())]));
    }
    out.extend(
        report.made.iter().map(|(sort, n)| {
            t.with("import-report-made", &[("what", t.msg(sort_label(*sort)).into_owned().into()), ("count", (*n).into())])
        }),
    );
    if report.changed > 0 {
        out.push(t.with("import-report-changed", &[("count", report.changed.into())]));
    }
    out
}

fn steps(t: &T, state: IntakeState) -> Vec<StepView> {
    let run = if state == IntakeState::Interrupted { "import-go-on" } else { "import-run" };
    let all = [(Step::Run, run, "primary", "play", "r"), (Step::Undo, "import-undo", "danger", "undo-2", "")];
    let view = |(step, label, kind, icon, letter): (Step, &str, &'static str, &'static str, &'static str)| StepView {
        key: step.key(),
        label: t.msg(label).into_owned(),
        kind,
        icon,
        letter,
    };
    all.into_iter().filter(|(step, ..)| state.allows(*step)).map(view).collect()
}
