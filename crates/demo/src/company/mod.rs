//! Founds the company: organisations and places from the data files, people by chance.

mod accounts;
pub(crate) mod latin;
mod people;
mod places;
pub(crate) mod shape;
mod staff;
mod tree;

use crate::corpus::{Corpus, CorpusError};
use crate::dice::Dice;
use crate::model::Company;

/// Makes the company with about `count` people; never fewer than its support teams and a few users.
pub(crate) fn found(seed: u64, count: u32, corpus: &Corpus) -> Result<Company, CorpusError> {
    let shape = &corpus.shape;
    let mut dice = Dice::of(seed, "company", 0);
    let organisations = tree::organisations(shape)?;
    let locations = places::locations(shape, &organisations)?;
    let mut maker = people::Maker::new(shape, &organisations, &locations);
    staff::leaders(&mut maker, &mut dice)?;
    let teams = staff::teams(&mut maker, &mut dice)?;
    let services = tree::services(shape, &teams)?;
    people::everybody_else(&mut maker, &mut dice, count);
    let people = maker.finish();
    let mut company = Company { organisations, locations, teams, services, people, accounts: Vec::new() };
    accounts::open(&mut company);
    Ok(company)
}

#[cfg(test)]
mod tests;
