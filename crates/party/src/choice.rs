//! Enumerations that are stored as their key.

/// Declares an enumeration with its keys as stored, sent and used in message keys.
macro_rules! choice {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident $key:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $key)] $variant),* }

        impl $name {
            pub const ALL: &[$name] = &[$($name::$variant),*];

            /// The key as stored; never translated.
            pub const fn key(self) -> &'static str {
                match self { $($name::$variant => $key),* }
            }
            /// The choice of a key, if there is such a one.
            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some($name::$variant),)* _ => None }
            }
        }

        impl db::FromColumn for $name {
            const TYPE: db::ColumnType = db::ColumnType::Text;
            fn from_column(row: &db::RawRow<'_>, index: usize) -> kernel::Result<Self> {
                let key = String::from_column(row, index)?;
                Self::from_key(&key).ok_or_else(|| kernel::Error::internal(format!("{key:?} is no {}", stringify!($name))))
            }
        }
        impl From<$name> for db::Value<'_> {
            fn from(choice: $name) -> Self {
                db::Value::from(choice.key())
            }
        }
    };
}

pub(crate) use choice;
