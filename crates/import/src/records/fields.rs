//! What can be said of a record, and how the columns of other systems call it in three languages.

use crate::party::Sort;

macro_rules! fields {
    ($($name:ident $key:literal [$($header:literal)*],)*) => {
        /// A field of a record.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field { $($name),* }

        impl Field {
            pub const ALL: &[Field] = &[$(Field::$name),*];
            /// As in a mapping.
            pub const fn key(self) -> &'static str {
                match self { $(Field::$name => $key),* }
            }
            /// Names of columns that usually hold it: folded, letters and digits only.
            const fn headers(self) -> &'static [&'static str] {
                match self { $(Field::$name => &[$($header),*]),* }
            }
        }
    };
}

fields! {
    Key "key" ["key" "id" "externalid" "employeeid" "employeenumber" "number" "code" "clave" "codigo" "numero" "numerodeempleado" "ключ" "код" "номер" "табельныйномер" "ид"],
    Name "name" ["name" "fullname" "displayname" "person" "organisation" "organization" "company" "service" "team" "location" "site"
        "nombre" "nombrecompleto" "persona" "organizacion" "empresa" "servicio" "equipo" "ubicacion" "sede"
        "имя" "фио" "название" "наименование" "организация" "компания" "услуга" "сервис" "команда" "группа" "место"],
    Given "given" ["given" "givenname" "firstname" "nombredepila" "primernombre"],
    Family "family" ["family" "familyname" "lastname" "surname" "apellido" "apellidos" "фамилия"],
    Email "email" ["email" "mail" "emailaddress" "correo" "correoelectronico" "почта" "электроннаяпочта" "эпочта" "емейл"],
    Phone "phone" ["phone" "telephone" "phonenumber" "workphone" "telefono" "телефон" "рабочийтелефон"],
    Mobile "mobile" ["mobile" "cell" "cellphone" "mobilephone" "movil" "celular" "мобильный" "мобильныйтелефон" "сотовый"],
    Title "title" ["title" "jobtitle" "position" "job" "cargo" "puesto" "должность"],
    Organisation "organisation" ["organisation" "organization" "company" "department" "division" "organizacion" "empresa" "departamento" "организация" "компания" "отдел" "подразделение"],
    Location "location" ["location" "site" "office" "building" "ubicacion" "sede" "oficina" "место" "офис" "здание" "расположение"],
    Lang "lang" ["lang" "language" "idioma" "lengua" "язык"],
    TimeZone "time_zone" ["timezone" "zone" "tz" "zonahoraria" "часовойпояс"],
    Vip "vip" ["vip" "вип"],
    Note "note" ["note" "notes" "comment" "comments" "remark" "nota" "notas" "comentario" "observaciones" "примечание" "комментарии" "комментарий" "заметка"],
    Active "active" ["active" "enabled" "activo" "activa" "habilitado" "активен" "активна" "действует" "включен"],
    Parent "parent" ["parent" "below" "standsbelow" "parentname" "padre" "superior" "dependede" "родитель" "вышестоящая" "входитв" "выше"],
    Kind "kind" ["kind" "type" "tipo" "clase" "вид" "тип"],
    Domains "domains" ["domains" "domain" "maildomains" "emaildomain" "dominios" "dominio" "dominiosdecorreo" "домены" "домен" "почтовыедомены"],
    Address "address" ["address" "postaladdress" "street" "direccion" "calle" "адрес"],
    Team "team" ["team" "group" "supportgroup" "equipo" "grupo" "команда" "группа"],
    Owner "owner" ["owner" "serviceowner" "propietario" "responsable" "владелец" "ответственный"],
    State "state" ["state" "status" "estado" "состояние" "статус"],
    Impact "impact" ["impact" "impacto" "влияние"],
    Description "description" ["description" "descripcion" "описание"],
    Line "line" ["line" "supportline" "level" "tier" "linea" "lineadesoporte" "nivel" "линия" "линияподдержки" "уровень"],
    Lead "lead" ["lead" "leader" "manager" "teamlead" "lider" "jefe" "responsable" "руководитель" "лидер" "начальник"],
}

/// The fields that records of a sort have.
pub const fn of(sort: Sort) -> &'static [Field] {
    use Field::{
        Active, Address, Description, Domains, Email, Family, Given, Impact, Key, Kind, Lang, Lead, Line, Location, Mobile, Name, Note,
        Organisation, Owner, Parent, Phone, State, Team, TimeZone, Title, Vip,
    };
    match sort {
        Sort::Person => &[Key, Name, Given, Family, Email, Phone, Mobile, Title, Organisation, Location, Lang, TimeZone, Vip, Note, Active],
        Sort::Organisation => &[Key, Name, Parent, Kind, Domains, Lang, TimeZone, Note, Active],
        Sort::Location => &[Key, Name, Parent, Address, TimeZone, Active],
        Sort::Service => &[Key, Name, Parent, State, Team, Owner, Impact, Description, Active],
        Sort::Team => &[Key, Name, Line, Lead, Note, Active],
    }
}

/// The column for each field, as far as their names tell; a column stands for one field only.
pub fn proposed(sort: Sort, columns: &[String]) -> Vec<(Field, String)> {
    let plain: Vec<String> = columns.iter().map(|name| kernel::fold(name).chars().filter(|c| c.is_alphanumeric()).collect()).collect();
    let mut taken = vec![false; columns.len()];
    let mut found = Vec::new();
    for field in of(sort) {
        // The usual name first, so that of two columns the more common one is meant.
        let at = field.headers().iter().find_map(|header| (0..columns.len()).find(|at| !taken[*at] && plain[*at] == *header));
        if let Some(at) = at {
            taken[at] = true;
            found.push((*field, columns[at].clone()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(sort: Sort, columns: &[&str]) -> Vec<(&'static str, String)> {
        let columns: Vec<String> = columns.iter().map(|c| (*c).to_owned()).collect();
        proposed(sort, &columns).into_iter().map(|(field, column)| (field.key(), column)).collect()
    }

    #[test]
    fn columns_are_understood_in_three_languages() {
        let en = said(Sort::Person, &["Employee ID", "Full name", "E-mail", "Department", "Shoe size"]);
        assert_eq!(en.iter().map(|f| f.0).collect::<Vec<_>>(), ["key", "name", "email", "organisation"]);
        let es = said(Sort::Person, &["Nombre", "Correo electrónico", "Teléfono", "Móvil", "Puesto"]);
        assert_eq!(es.iter().map(|f| f.0).collect::<Vec<_>>(), ["name", "email", "phone", "mobile", "title"]);
        let ru = said(Sort::Person, &["Табельный номер", "ФИО", "Электронная почта", "Отдел", "Должность"]);
        assert_eq!(ru.iter().map(|f| f.0).collect::<Vec<_>>(), ["key", "name", "email", "title", "organisation"]);
        assert_eq!(said(Sort::Team, &["Команда", "Линия", "Руководитель"]).len(), 3);
    }

    #[test]
    fn the_names_of_columns_are_written_as_they_are_compared() {
        for header in Field::ALL.iter().flat_map(|field| field.headers()) {
            let folded: String = kernel::fold(header).chars().filter(|c| c.is_alphanumeric()).collect();
            assert_eq!(&folded, header);
        }
    }
}
