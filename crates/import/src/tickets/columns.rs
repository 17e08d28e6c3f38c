//! What the columns of a file of tickets may be, and how other desks call them in three languages.

macro_rules! columns {
    ($($name:ident $key:literal [$($header:literal)*],)*) => {
        /// What a column of a file of tickets is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Column { $($name),* }

        impl Column {
            pub const ALL: &[Column] = &[$(Column::$name),*];
            /// As forms and the drafts of mappings call it.
            pub const fn key(self) -> &'static str {
                match self { $(Column::$name => $key),* }
            }
            /// Names of columns that usually hold it: folded, letters and digits only.
            const fn headers(self) -> &'static [&'static str] {
                match self { $(Column::$name => &[$($header),*]),* }
            }
        }
    };
}

columns! {
    Number "number" ["number" "ticket" "ticketnumber" "ticketid" "case" "caseid" "casenumber" "incident" "request" "issue" "issuekey" "reference" "key" "id"
        "numero" "numerodeticket" "caso" "incidencia" "solicitud" "clave" "codigo"
        "номер" "заявка" "номерзаявки" "обращение" "номеробращения" "инцидент" "код" "ид"],
    Title "title" ["title" "subject" "summary" "shortdescription" "topic" "asunto" "titulo" "resumen" "тема" "заголовок" "название" "краткоеописание"],
    Description "description" ["description" "details" "body" "longdescription" "descripcion" "detalle" "detalles" "описание" "подробности" "текстобращения"],
    Time "time" ["time" "when" "at" "timestamp" "created" "createdat" "createdon" "datecreated" "creationdate" "opened" "openedat" "date"
        "creado" "creada" "fechadecreacion" "fechacreacion" "cuando" "fecha" "создан" "создана" "датасоздания" "когда" "дата" "время"],
    Solved "solved" ["solved" "solvedat" "resolved" "resolvedat" "dateresolved" "resolutiondate" "resuelto" "resuelta" "fechaderesolucion" "solucionado"
        "решен" "решена" "датарешения"],
    Closed "closed" ["closed" "closedat" "dateclosed" "closingdate" "cerrado" "cerrada" "fechadecierre" "закрыт" "закрыта" "датазакрытия"],
    State "state" ["state" "status" "estado" "situacion" "состояние" "статус"],
    Impact "impact" ["impact" "severity" "impacto" "severidad" "gravedad" "влияние" "серьезность"],
    Urgency "urgency" ["urgency" "urgencia" "срочность"],
    Priority "priority" ["priority" "prioridad" "приоритет"],
    Service "service" ["service" "category" "product" "servicio" "categoria" "producto" "услуга" "сервис" "категория" "продукт"],
    Team "team" ["team" "group" "assignmentgroup" "supportgroup" "supportteam" "queue" "equipo" "grupo" "grupodeasignacion" "cola"
        "команда" "группа" "очередь" "рабочаягруппа"],
    Requester "requester" ["requester" "requestedby" "reporter" "caller" "customer" "user" "solicitante" "cliente" "usuario" "informador"
        "заявитель" "инициатор" "клиент" "пользователь" "автор"],
    RequesterMail "requester_mail" ["requestermail" "requesteremail" "calleremail" "customeremail" "useremail" "email" "mail"
        "correodelsolicitante" "correoelectronico" "correo" "почтазаявителя" "электроннаяпочта" "почта"],
    Organisation "organisation" ["organisation" "organization" "company" "department" "division" "organizacion" "empresa" "departamento"
        "организация" "компания" "отдел" "подразделение"],
    Location "location" ["location" "site" "office" "building" "country" "ubicacion" "sede" "oficina" "место" "офис" "здание" "местоположение"],
    Assignee "assignee" ["assignee" "assignedto" "agent" "technician" "owner" "asignadoa" "asignado" "agente" "tecnico" "responsable"
        "исполнитель" "ответственный" "инженер"],
    AssigneeMail "assignee_mail" ["assigneemail" "assigneeemail" "agentmail" "agentemail" "correodelagente" "почтаисполнителя"],
    Actor "actor" ["actor" "changedby" "updatedby" "modifiedby" "author" "who" "by" "from" "sender" "modificadopor" "actualizadopor" "autor" "quien" "remitente"
        "ктоизменил" "изменил" "кто" "автор" "отправитель"],
    Code "resolution_code" ["resolutioncode" "closecode" "resolution" "codigoderesolucion" "codigodecierre" "resolucion" "кодрешения" "кодзакрытия"],
    Report "resolution_report" ["resolutionreport" "resolutionnotes" "closenotes" "solution" "notasderesolucion" "notasdecierre" "solucion"
        "описаниерешения" "решение"],
    Comment "comment" ["comment" "comments" "lastcomment" "message" "worknotes" "note" "notes" "text" "comentario" "comentarios" "ultimocomentario"
        "mensaje" "nota" "notas" "texto" "комментарий" "комментарии" "сообщение" "заметка" "текст"],
}

/// What rows of a second file may say of a ticket, those of its history.
pub const HISTORY: &[Column] = &[
    Column::Number,
    Column::Time,
    Column::State,
    Column::Actor,
    Column::Comment,
    Column::Team,
    Column::Assignee,
    Column::Priority,
    Column::Impact,
    Column::Urgency,
];

impl Column {
    /// Whether the words in it mean something here that has to be said.
    pub const fn has_values(self) -> bool {
        matches!(
            self,
            Column::State
                | Column::Impact
                | Column::Urgency
                | Column::Priority
                | Column::Code
                | Column::Team
                | Column::Service
                | Column::Assignee
        )
    }
}

/// A header as it is compared.
pub fn plain(name: &str) -> String {
    kernel::fold(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The column of the file for each of these, as far as their names tell; a column stands for one thing only.
pub fn proposed(of: &[Column], header: &[String]) -> Vec<(Column, String)> {
    let names: Vec<String> = header.iter().map(|name| plain(name)).collect();
    let mut taken = vec![false; header.len()];
    let mut found = Vec::new();
    for column in of {
        // The usual name first, so that of two columns the more common one is meant.
        let at = column.headers().iter().find_map(|known| (0..header.len()).find(|at| !taken[*at] && names[*at] == *known));
        if let Some(at) = at {
            taken[at] = true;
            found.push((*column, header[at].clone()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(of: &[Column], header: &[&str]) -> Vec<&'static str> {
        let header: Vec<String> = header.iter().map(|c| (*c).to_owned()).collect();
        proposed(of, &header).into_iter().map(|(column, _)| column.key()).collect()
    }

    #[test]
    fn columns_are_understood_in_three_languages() {
        let en = said(Column::ALL, &["Ticket ID", "Subject", "Created at", "Status", "Assigned to", "Weather"]);
        assert_eq!(en, ["number", "title", "time", "state", "assignee"]);
        let es = said(Column::ALL, &["Número", "Asunto", "Fecha de creación", "Estado", "Solicitante", "Correo electrónico"]);
        assert_eq!(es, ["number", "title", "time", "state", "requester", "requester_mail"]);
        let ru = said(Column::ALL, &["Номер заявки", "Тема", "Дата создания", "Статус", "Заявитель", "Исполнитель", "Решение"]);
        assert_eq!(ru, ["number", "title", "time", "state", "requester", "assignee", "resolution_report"]);
        assert_eq!(said(HISTORY, &["Заявка", "Когда", "Автор", "Текст"]), ["number", "time", "actor", "comment"]);
    }

    #[test]
    fn the_names_of_columns_are_written_as_they_are_compared() {
        for header in Column::ALL.iter().flat_map(|column| column.headers()) {
            assert_eq!(&plain(header), header);
        }
    }
}
