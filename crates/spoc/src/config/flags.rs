//! Settings as flags of the command line, made from the table.

use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches, error::Error};

use super::settings::SETTINGS;
use super::table::{Scope, Setting};

/// Every setting: for the server and for checking a configuration.
#[derive(Debug, Default, Clone)]
pub struct ServerFlags(pub Vec<(&'static Setting, String)>);

/// Where the data is and how to log: for every other command.
#[derive(Debug, Default, Clone)]
pub struct StorageFlags(pub Vec<(&'static Setting, String)>);

fn all() -> impl Iterator<Item = &'static Setting> {
    SETTINGS.iter()
}

fn storage() -> impl Iterator<Item = &'static Setting> {
    SETTINGS.iter().filter(|setting| setting.scope == Scope::Every)
}

fn arguments(command: Command, settings: impl Iterator<Item = &'static Setting>) -> Command {
    settings.fold(command, |command, setting| {
        let id = setting.flag_id();
        let arg = Arg::new(setting.key).long(id).help(help(setting)).help_heading(setting.group).value_name("VALUE").action(ArgAction::Set);
        let arg = if setting.is_switch() { arg.num_args(0..=1).require_equals(true).default_missing_value("true") } else { arg };
        command.arg(arg)
    })
}

fn help(setting: &Setting) -> String {
    match setting.default {
        "" => setting.help.to_owned(),
        default => format!("{} [default: {default}]", setting.help),
    }
}

fn given(matches: &ArgMatches, settings: impl Iterator<Item = &'static Setting>) -> Vec<(&'static Setting, String)> {
    settings.filter_map(|setting| matches.get_one::<String>(setting.key).map(|text| (setting, text.clone()))).collect()
}

macro_rules! flags {
    ($flags:ident, $settings:ident) => {
        impl Args for $flags {
            fn augment_args(command: Command) -> Command {
                arguments(command, $settings())
            }
            fn augment_args_for_update(command: Command) -> Command {
                arguments(command, $settings())
            }
        }

        impl FromArgMatches for $flags {
            fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
                Ok(Self(given(matches, $settings())))
            }
            fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
                self.0 = given(matches, $settings());
                Ok(())
            }
        }
    };
}

flags!(ServerFlags, all);
flags!(StorageFlags, storage);
