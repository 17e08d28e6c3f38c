//! Enumerations that are stored as their key.

/// Declares an enumeration with its keys as stored, sent and used in message keys.
///
/// ```
/// db::choice! {
///     /// What it is for.
///     Colour { Red "red", Blue "blue", }
/// }
/// assert_eq!(Colour::from_key("blue"), Some(Colour::Blue));
/// ```
#[macro_export]
macro_rules! choice {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident $key:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, ::serde::Serialize, ::serde::Deserialize)]
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

        impl $crate::FromColumn for $name {
            const TYPE: $crate::ColumnType = $crate::ColumnType::Text;
            fn from_column(row: &$crate::RawRow<'_>, index: usize) -> ::kernel::Result<Self> {
                let key = String::from_column(row, index)?;
                Self::from_key(&key).ok_or_else(|| ::kernel::Error::internal(format!("{key:?} is no {}", stringify!($name))))
            }
        }
        impl From<$name> for $crate::Value<'_> {
            fn from(choice: $name) -> Self {
                $crate::Value::from(choice.key())
            }
        }
    };
}
