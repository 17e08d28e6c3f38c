//! The shape of the table of settings and the macro that writes it down once: as the struct
//! [`super::Config`], as the list [`super::settings::SETTINGS`], and as the code that reads one from
//! the other.

/// A setting as the reference page, the flags and the messages describe it.
#[derive(Debug, PartialEq, Eq)]
pub struct Setting {
    /// The heading it stands under.
    pub group: &'static str,
    /// Its name in `spoc.toml`; a dot separates the section.
    pub key: &'static str,
    /// What a value looks like.
    pub kind: &'static str,
    /// As it would be written; empty for none.
    pub default: &'static str,
    pub help: &'static str,
    /// Never printed, and may be given as a file: `<key>_file`.
    pub secret: bool,
    pub scope: Scope,
}

/// Which commands read a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Every,
    Server,
}

impl Setting {
    /// `log.level` is `--log-level`.
    pub fn flag(&self) -> String {
        format!("--{}", self.flag_id())
    }
    /// The flag without its dashes.
    pub fn flag_id(&self) -> String {
        self.key.replace(['.', '_'], "-")
    }
    /// A switch may stand alone as a flag.
    pub fn is_switch(&self) -> bool {
        self.kind == super::values::SWITCH
    }
}

/// One table for everything: field, key, type, default and help.
macro_rules! setting_table {
    ($($group:literal for $scope:ident { $( $field:ident $key:literal : $type:ty = $default:literal, $help:literal; )* })*) => {
        /// Every setting, read and checked.
        #[derive(Debug, Clone)]
        pub struct Config { $($( #[doc = $help] pub $field: $type, )*)* }

        impl Config {
            /// Reads every setting from what was given.
            ///
            /// # Errors
            /// A value is not of its type.
            pub fn read(given: &super::Resolved) -> Result<Self, super::ConfigError> {
                Ok(Self { $($( $field: given.read::<$type>($key)?, )*)* })
            }
        }

        /// Every setting, in the order of the reference page.
        pub static SETTINGS: &[super::Setting] = &[ $($( super::Setting {
            group: $group,
            key: $key,
            kind: <$type as super::values::Value>::KIND,
            default: $default,
            help: $help,
            secret: <$type as super::values::Value>::SECRET,
            scope: super::Scope::$scope,
        }, )*)* ];
    };
}

pub(super) use setting_table;
