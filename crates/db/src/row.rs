//! Rows that come out of a statement: columns by position, into plain structs.

use kernel::{Error, Id, Lang, Result, Time};

/// A row of either database.
pub struct RawRow<'r>(pub(crate) Source<'r>);

pub(crate) enum Source<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r postgres::Row),
}

/// What PostgreSQL must report for a column that is read into a Rust type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    Int,
    Real,
    Text,
    Blob,
}

/// A type that one column can be read into.
pub trait FromColumn: Sized {
    const TYPE: ColumnType;
    /// # Errors
    /// The column is NULL or of another type.
    fn from_column(row: &RawRow<'_>, index: usize) -> Result<Self>;
}

/// A type that a whole row can be read into; made by [`row!`](crate::row).
pub trait Row: Sized {
    const COLUMNS: &'static [ColumnType];
    /// # Errors
    /// A column does not fit.
    fn from_row(row: &RawRow<'_>) -> Result<Self>;
}

impl RawRow<'_> {
    fn is_null(&self, index: usize) -> Result<bool> {
        match &self.0 {
            Source::Sqlite(row) => row.get_ref(index).map(|v| v == rusqlite::types::ValueRef::Null).map_err(Error::internal),
            Source::Postgres(row) => row.try_get::<_, Anything>(index).map(|v| v.null).map_err(Error::internal),
        }
    }
    fn int(&self, index: usize) -> Result<i64> {
        match &self.0 {
            Source::Sqlite(row) => row.get(index).map_err(Error::internal),
            Source::Postgres(row) if *row.columns()[index].type_() == postgres::types::Type::INT4 => {
                row.try_get::<_, i32>(index).map(i64::from).map_err(Error::internal)
            }
            Source::Postgres(row) => row.try_get(index).map_err(Error::internal),
        }
    }
}

/// Reads only whether a PostgreSQL column is NULL, whatever its type.
struct Anything {
    null: bool,
}
impl<'a> postgres::types::FromSql<'a> for Anything {
    fn from_sql(_: &postgres::types::Type, _: &'a [u8]) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Self { null: false })
    }
    fn from_sql_null(_: &postgres::types::Type) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Self { null: true })
    }
    fn accepts(_: &postgres::types::Type) -> bool {
        true
    }
}

impl FromColumn for i64 {
    const TYPE: ColumnType = ColumnType::Int;
    fn from_column(row: &RawRow<'_>, index: usize) -> Result<Self> {
        row.int(index)
    }
}
impl FromColumn for bool {
    const TYPE: ColumnType = ColumnType::Int;
    fn from_column(row: &RawRow<'_>, index: usize) -> Result<Self> {
        row.int(index).map(|v| v != 0)
    }
}
impl FromColumn for Time {
    const TYPE: ColumnType = ColumnType::Int;
    fn from_column(row: &RawRow<'_>, index: usize) -> Result<Self> {
        row.int(index).map(Time)
    }
}
impl<K> FromColumn for Id<K> {
    const TYPE: ColumnType = ColumnType::Int;
    fn from_column(row: &RawRow<'_>, index: usize) -> Result<Self> {
        row.int(index).map(Id::new)
    }
}
impl FromColumn for f64 {
    const TYPE: ColumnType = ColumnType::Real;
    fn from_column(row: &RawRow<'_>, index: usize) -> Result<Self> {
        match &row.0 {
            Source::Sqlite(row) => row.get(index).map_err(Error::internal),
            Source::Postgres(row) => row.try_get(index).map_err(Error::internal),
        }
    }
}
impl FromColumn for String {
    const TYPE: ColumnType = ColumnType::Text;
    fn from_column(row: &RawRow<'_>, index: usize) -> Result<Self> {
        match &row.0 {
            Source::Sqlite(row) => row.get(index).map_err(Error::internal),
            Source::Postgres(row) => row.try_get(index).map_err(Error::internal),
        }
    }
}
impl FromColumn for Lang {
    const TYPE: ColumnType = ColumnType::Text;
    fn from_column(row: &RawRow<'_>, index: usize) -> Result<Self> {
        String::from_column(row, index).map(|tag| Lang::from_tag(&tag).unwrap_or_default())
    }
}
impl FromColumn for Vec<u8> {
    const TYPE: ColumnType = ColumnType::Blob;
    fn from_column(row: &RawRow<'_>, index: usize) -> Result<Self> {
        match &row.0 {
            Source::Sqlite(row) => row.get(index).map_err(Error::internal),
            Source::Postgres(row) => row.try_get(index).map_err(Error::internal),
        }
    }
}
impl<T: FromColumn> FromColumn for Option<T> {
    const TYPE: ColumnType = T::TYPE;
    fn from_column(row: &RawRow<'_>, index: usize) -> Result<Self> {
        if row.is_null(index)? { Ok(None) } else { T::from_column(row, index).map(Some) }
    }
}

/// Declares a struct that is read from a row, fields in the order of the columns.
///
/// ```
/// db::row! {
///     /// A team as the list shows it.
///     pub struct TeamRow { pub id: kernel::TeamId, pub name: String, pub line: i64 }
/// }
/// ```
#[macro_export]
macro_rules! row {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($(#[$fmeta:meta])* $fvis:vis $field:ident : $ty:ty),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone)]
        $vis struct $name { $($(#[$fmeta])* $fvis $field: $ty),* }
        impl $crate::Row for $name {
            const COLUMNS: &'static [$crate::ColumnType] = &[$(<$ty as $crate::FromColumn>::TYPE),*];
            fn from_row(row: &$crate::RawRow<'_>) -> ::kernel::Result<Self> {
                let mut columns = 0..Self::COLUMNS.len();
                Ok(Self { $($field: <$ty as $crate::FromColumn>::from_column(row, columns.next().unwrap_or(usize::MAX))?),* })
            }
        }
    };
}

/// A statement that returns no rows.
impl Row for () {
    const COLUMNS: &'static [ColumnType] = &[];
    fn from_row(_: &RawRow<'_>) -> Result<Self> {
        Ok(())
    }
}

macro_rules! scalar {
    ($($ty:ty),*) => { $(impl Row for $ty {
        const COLUMNS: &'static [ColumnType] = &[<$ty as FromColumn>::TYPE];
        fn from_row(row: &RawRow<'_>) -> Result<Self> { <$ty>::from_column(row, 0) }
    })* };
}
scalar!(i64, bool, String, Time, f64, Vec<u8>, Option<i64>, Option<String>, Option<Time>);
impl<K> Row for Id<K> {
    const COLUMNS: &'static [ColumnType] = &[ColumnType::Int];
    fn from_row(row: &RawRow<'_>) -> Result<Self> {
        Id::from_column(row, 0)
    }
}

macro_rules! tuple {
    ($($name:ident $index:tt),*) => {
        impl<$($name: FromColumn),*> Row for ($($name,)*) {
            const COLUMNS: &'static [ColumnType] = &[$($name::TYPE),*];
            fn from_row(row: &RawRow<'_>) -> Result<Self> { Ok(($($name::from_column(row, $index)?,)*)) }
        }
    };
}
tuple!(A 0);
tuple!(A 0, B 1);
tuple!(A 0, B 1, C 2);
tuple!(A 0, B 1, C 2, D 3);
tuple!(A 0, B 1, C 2, D 3, E 4);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
