//! `/desk/people/new` and `/desk/people/{id}/edit`

use access::{Actor, Object, Verb};
use db::Rd;
use i18n::T;
use kernel::{Error, ErrorKind, Id, Lang, LocationId, OrganisationId, PersonId};
use party::{AddressKind, NewAddress, Person, PersonData};
use serde::Deserialize;
use ui::FormErrors;
use web_kit::{Fail, Path, Query, Result, page, see_other};

use crate::actions::person::{create as creating, edit as editing};
use crate::permit;
use crate::views::people::PersonFormPage;
use crate::views::{lang_choices, zone_choices};
use crate::web::options::{Sort, pick, pick_over, words_of};
use crate::web::{Clerk, Conflict, Fields, comes_back, done, errors, last_change, refused};

/// What the address of a new person says.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    org: Option<i64>,
    /// A name, an address or a number that found nobody.
    #[serde(default)]
    name: String,
}

/// # Errors
/// People may not be added by whoever asks.
pub async fn blank(clerk: Clerk, Query(asked): Query<Asked>) -> Result {
    clerk.require(Verb::PersonCreate)?;
    let org = asked.org;
    let named = clerk
        .read("people.new", move |rd, actor| org.map(|id| permit::organisation(rd, actor, Id::new(id), Verb::OrganisationSee)).transpose())
        .await?;
    let mut typed = Fields::default().with("name", asked.name).with("client_id", clerk.form_key());
    if let Some(organisation) = named {
        typed = typed.with("organisation", organisation.id.to_string()).with("organisation_text", organisation.name);
    }
    form(&clerk, None, typed, FormErrors::new(), None)
}

/// # Errors
/// What cannot be told on the form.
pub async fn create(clerk: Clerk, typed: Fields) -> Result {
    clerk.require(Verb::PersonCreate)?;
    let key = clerk.sent_key(&typed, "person.create");
    let sent = typed.clone();
    let made = clerk.act("person.create", key, move |tx, frame| {
        let new = read_new(tx, frame.actor, &sent)?;
        creating::create(tx, frame, &new)
    });
    match made.await {
        Ok(id) => Ok(done(&format!("/desk/people/{id}"), "created")),
        Err(error) if comes_back(&error) => {
            let mut told = errors(&clerk.viewer.t, &error);
            for each in told.0.iter_mut().filter(|each| each.field == "address") {
                each.field = wrong_address(&typed).to_owned();
            }
            refused(form(&clerk, None, typed, told, None), error)
        }
        Err(error) => Err(Fail::from(error)),
    }
}

/// The field behind an address that was refused: the error does not say which of them it was.
fn wrong_address(typed: &Fields) -> &'static str {
    let numbers = ["phone", "mobile"];
    let empty = |name: &&str| !typed.text(name).is_empty() && AddressKind::Phone.value_key(typed.text(name)).is_empty();
    numbers.into_iter().find(empty).unwrap_or("email")
}

fn read_new(rd: &mut Rd<'_>, actor: &Actor, typed: &Fields) -> kernel::Result<creating::NewPerson> {
    let address = |name: &str, kind: AddressKind| typed.some(name).map(|value| NewAddress::main(kind, value));
    let addresses = [address("email", AddressKind::Email), address("phone", AddressKind::Phone), address("mobile", AddressKind::Mobile)];
    let organisation: Option<OrganisationId> = pick(rd, actor, Sort::Organisation, typed, "organisation")?;
    Ok(creating::NewPerson {
        data: PersonData {
            name: typed.text("name").to_owned(),
            title: typed.text("title").trim().to_owned(),
            lang: lang(typed)?,
            time_zone: typed.some("time_zone"),
            location: pick(rd, actor, Sort::Location, typed, "location")?,
            vip: typed.is_on("vip"),
            note: typed.text("note").trim().to_owned(),
        },
        organisation,
        role_title: String::new(),
        addresses: addresses.into_iter().flatten().collect(),
    })
}

fn lang(typed: &Fields) -> kernel::Result<Option<Lang>> {
    let tag = typed.some("lang");
    tag.map(|tag| Lang::ALL.into_iter().find(|l| l.tag() == tag).ok_or_else(|| Error::invalid("lang", "error-choice"))).transpose()
}

/// # Errors
/// The person may not be seen or changed.
pub async fn edit(clerk: Clerk, Path(id): Path<PersonId>) -> Result {
    let t = clerk.t();
    let (person, typed) = clerk.read("people.edit", move |rd, actor| stored(rd, actor, &t, id)).await?;
    if person.id != id {
        return Ok(see_other(&format!("/desk/people/{}/edit", person.id)));
    }
    form(&clerk, Some(&person), typed, FormErrors::new(), None)
}

fn stored(rd: &mut Rd<'_>, actor: &Actor, t: &T, id: PersonId) -> kernel::Result<(Person, Fields)> {
    let p = permit::person(rd, actor, id, Verb::PersonEdit)?;
    let location = words_of(rd, actor, t, Sort::Location, p.location);
    let typed = Fields::default()
        .with("version", p.version.to_string())
        .with("name", p.name.as_str())
        .with("title", p.title.as_str())
        .with("lang", p.lang.map_or("", Lang::tag))
        .with("time_zone", p.time_zone.as_deref().unwrap_or_default())
        .with("location", p.location.map(|l| l.to_string()).unwrap_or_default())
        .with("location_text", location)
        .with("vip", if p.vip { "1" } else { "" })
        .with("note", p.note.as_str());
    Ok((p, typed))
}

/// # Errors
/// What cannot be told on the form.
pub async fn change(clerk: Clerk, Path(id): Path<PersonId>, typed: Fields) -> Result {
    let base = typed.version()?;
    let sent = typed.clone();
    let changed = clerk.act("person.change", None, move |tx, frame| {
        let person = permit::person(tx, frame.actor, id, Verb::PersonEdit)?;
        let patch = read_patch(tx, frame.actor, &person, &sent)?;
        editing::edit(tx, frame, id, base, &patch)
    });
    match changed.await {
        Ok(id) => Ok(done(&format!("/desk/people/{id}"), "saved")),
        Err(error) if comes_back(&error) => again(clerk, id, typed, error).await,
        Err(error) => Err(Fail::from(error)),
    }
}

/// Fields that the reader's roles hide were not in the form and stay.
fn read_patch(rd: &mut Rd<'_>, actor: &Actor, person: &Person, typed: &Fields) -> kernel::Result<editing::Patch> {
    let hidden = actor.hidden_in(Object::Person, person.tenant);
    let shown = |field: &str| !hidden.contains(field);
    let location: Option<LocationId> = pick_over(rd, actor, Sort::Location, typed, "location", person.location)?;
    Ok(editing::Patch {
        name: Some(typed.text("name").to_owned()),
        title: shown("title").then(|| typed.text("title").to_owned()),
        lang: if shown("lang") { Some(lang(typed)?) } else { None },
        time_zone: shown("time_zone").then(|| typed.some("time_zone")),
        location: shown("location").then_some(location),
        vip: shown("vip").then(|| typed.is_on("vip")),
        note: shown("note").then(|| typed.text("note").to_owned()),
        active: None,
    })
}

async fn again(clerk: Clerk, id: PersonId, mut typed: Fields, error: Error) -> Result {
    let (t, told) = (clerk.t(), clerk.t());
    let (person, now, who) = clerk
        .read("people.edit", move |rd, actor| {
            let (person, now) = stored(rd, actor, &told, id)?;
            let who = last_change(rd, "person", person.id.raw(), person.updated_at)?;
            Ok((person, now, who))
        })
        .await?;
    if error.kind() != ErrorKind::Stale {
        return refused(form(&clerk, Some(&person), typed, errors(&t, &error), None), error);
    }
    let hidden = clerk.actor().hidden_in(Object::Person, person.tenant);
    let labels = [
        ("name", "name", t.msg("people-name")),
        ("title", "title", t.msg("people-title")),
        ("lang", "lang", t.msg("people-lang")),
        ("time_zone", "time_zone", t.msg("people-zone")),
        ("location", "location_text", t.msg("people-location")),
        ("note", "note", t.msg("people-note")),
    ];
    let fields = labels.into_iter().filter(|(field, _, _)| !hidden.contains(field));
    let fields = fields.map(|(_, name, label)| (label.into_owned(), typed.text(name).to_owned(), now.text(name).to_owned())).collect();
    let conflict = Conflict::of(&t, who, person.updated_at, fields);
    typed.set("version", person.version.to_string());
    refused(form(&clerk, Some(&person), typed, FormErrors::new(), Some(conflict)), error)
}

fn form(clerk: &Clerk, person: Option<&Person>, typed: Fields, errors: FormErrors, conflict: Option<Conflict>) -> Result {
    let t = clerk.t();
    let tenant = person.map_or(clerk.actor().tenant, |p| p.tenant);
    let hidden = clerk.actor().hidden_in(Object::Person, tenant).into_iter().map(str::to_owned).collect();
    let (title, action, back) = match person {
        None => (t.msg("people-new").into_owned(), "/desk/people".to_owned(), "/desk/people".to_owned()),
        Some(p) => (p.name.clone(), format!("/desk/people/{}", p.id), format!("/desk/people/{}", p.id)),
    };
    let made = PersonFormPage {
        chrome: clerk.chrome(title),
        langs: lang_choices(typed.text("lang")),
        zones: zone_choices(typed.text("time_zone")),
        is_new: person.is_none(),
        hidden,
        action,
        back,
        typed,
        errors,
        conflict,
        t,
    };
    page!(clerk.viewer, made, as_main)
}
