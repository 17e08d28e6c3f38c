//! Words of three languages, however they are typed.

use search::{Ask, Kind};

use crate::rig::{marked, world};

testkit::both! {
    template: testkit::Template::of(&crate::rig::migrations());

    fn word_forms_accents_and_yo_are_found(db: TestDb) {
        let world = world(&db);
        let spanish = world.ticket(world.ursula, "La impresora no imprime", "Desde la última actualización no imprimía nada, ni canciones.");
        let russian = world.ticket(world.ursula, "Принтер не печатает", "После обновления драйверов принтеры на этаже зажёвывают бумагу, ещё и шумят.");
        let english = world.ticket(world.ursula, "Printing fails", "The printers on our floor were jamming all week.");
        world.caught_up();
        for (question, found) in [
            ("impresoras", spanish),
            ("imprimir", spanish),
            ("ultima actualizacion", spanish),
            ("ÚLTIMAS actualizaciones", spanish),
            ("canción", spanish),
            ("принтера", russian),
            ("обновлением драйвера", russian),
            ("ЗАЖЕВЫВАЮТ", russian),
            ("еще", russian),
            ("ещё шумит", russian),
            ("printer jams", english),
            ("floors", english),
        ] {
            assert_eq!(world.tickets(world.ana, question), [found], "{question}");
        }
        let hit = world.search(world.ana, "зажевывает").hits.remove(0);
        assert_eq!(marked(&hit.excerpt), ["зажёвывают"], "what was found is marked in the text as it was written");
    }

    fn the_other_keyboard_is_tried_and_said(db: TestDb) {
        let world = world(&db);
        let russian = world.ticket(world.ursula, "Не работает почта", "Письма не уходят");
        let english = world.ticket(world.ursula, "Monitor stays black", "It flickers first");
        world.caught_up();
        let found = world.search(world.ana, "gjxnf");
        assert_eq!((found.hits[0].id, found.layout.as_deref()), (russian.raw(), Some("почта")));
        let found = world.search(world.ana, "ьщтшещк ыефны");
        assert_eq!((found.hits[0].id, found.layout.as_deref()), (english.raw(), Some("monitor stays")));
        let found = world.search(world.ana, "gjxnf is:open");
        assert_eq!(found.hits.len(), 1, "filters stay what they are");
        assert_eq!(world.search(world.ana, "monitor").layout, None);
        let nothing = world.search(world.ana, "qqqqzzzz");
        assert!(nothing.hits.is_empty() && nothing.layout.is_none() && nothing.corrected.is_none());
    }

    fn typing_errors_are_forgiven_after_exact_hits(db: TestDb) {
        let world = world(&db);
        let exact = world.ticket(world.ursula, "Docking station broken", "no picture");
        let near = world.ticket(world.ursula, "Docling station lost", "no picture");
        let russian = world.ticket(world.ursula, "Соединение рвётся", "каждый час");
        world.caught_up();
        assert_eq!(world.tickets(world.ana, "docking"), [exact, near], "an exact hit stands first");
        let found = world.search(world.ana, "соеденение");
        assert_eq!((found.hits[0].id, found.corrected.as_deref()), (russian.raw(), Some("соединение")));
        let found = world.search(world.ana, "dokcing");
        assert_eq!((found.hits[0].id, found.corrected.as_deref()), (exact.raw(), Some("docking")), "letters that changed places");
        assert!(world.tickets(world.ana, "hur").is_empty() && world.tickets(world.ana, "dok").is_empty(), "short words stand as typed");
        assert!(world.tickets(world.ana, "\"docking statoin\"").is_empty(), "a phrase stands as typed");
    }

    fn the_last_word_goes_on_while_it_is_typed(db: TestDb) {
        let world = world(&db);
        let ticket = world.ticket(world.ursula, "Проектор в переговорной", "srv-db01.corp.local does not answer");
        world.caught_up();
        let typing = |text: &str| world.ask(world.ana, Ask { text: text.into(), limit: 10, prefix: true, ..Ask::default() }).unwrap();
        for text in ["про", "проек", "проектор в перег", "srv-d", "srv-db01.co", "\"проектор в пер", "(проек"] {
            let found: Vec<i64> = typing(text).hits.into_iter().filter(|h| h.kind == Kind::Ticket).map(|h| h.id).collect();
            assert_eq!(found, [ticket.raw()], "{text}");
        }
        assert!(typing("про ").hits.is_empty(), "a blank ends the word");
        assert!(world.tickets(world.ana, "проек").is_empty(), "a word that was sent off stands as typed");
    }
}
