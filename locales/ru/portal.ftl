### Портал: здесь просят о чём-то и читают, что из этого вышло.

## Навигация
portal-nav-home = Главная
portal-nav-requests = Мои обращения
portal-nav-desk = Служба поддержки
portal-help = Напишите нам
portal-the-desk = Служба поддержки
portal-you = Вы

## Главная
portal-home-title = Главная
portal-home-question = Что вам нужно?
portal-home-hint = Обрывается VPN, новый монитор, доступ к папке
portal-home-go = Далее
portal-needs-you = Ждут вас
portal-under-way = В работе
portal-all-needs = Все, которые вас ждут
portal-all-requests = Все мои обращения
portal-start = С чего начать
portal-tile-incident = Восстановим как можно скорее
portal-tile-request = Техника, доступы, программы
portal-tile-question = Как сделать...

## Виды обращений словами того, кто просит
portal-kind-incident = Что-то не работает
portal-kind-request = Мне что-то нужно
portal-kind-question = У меня вопрос
portal-kind-complaint = Хочу пожаловаться
portal-kind-suggestion = Есть предложение
portal-guess-need = нужен,нужна,нужно,нужны,хочу,прошу,требуется,необходим,необходимо

## Новое обращение
portal-new-title = Новое обращение
portal-what = Что случилось или что вам нужно?
portal-what-help = Достаточно одной-двух фраз. Снимок экрана часто говорит больше
portal-kind = О чём речь?
portal-service = Какая услуга?
portal-service-unknown = Не знаю
portal-files-help = До { $limit } каждый
portal-files-kept = Уже загруженные файлы
portal-for-other = За другого человека
portal-person = Имя или почта
portal-person-help = Коллега, за которого вы просите. Он тоже сможет следить за обращением
portal-confidential-help = Этот запрос увидите только вы, те, кого вы добавите, и те, кто им занимается
portal-about = Жалоба на человека
portal-about-help = Этот человек не увидит жалобу, кем бы он ни работал. Жалобы конфиденциальны
portal-which-person = Кто это?
portal-send-request = Отправить обращение
portal-follows = Продолжение обращения
portal-sent-already = Вы уже отправили эту страницу, а потом изменили её. Отправьте ещё раз, чтобы создать второе обращение

## Мои обращения
portal-requests-title = Мои обращения
portal-tabs = Какие обращения
portal-tab-needs = Ждут вас
portal-tab-open = Открытые
portal-tab-closed = Закрытые
portal-tab-team = Коллеги
portal-search = Поиск по моим обращениям
portal-empty-needs = Ничего не ждёт вашего ответа
portal-empty-open = У вас нет открытых обращений
portal-empty-others = Больше ничего не открыто
portal-empty-closed = Пока ничего не закрыто
portal-empty-team = Больше никто в вашей организации ни о чём не просил
portal-empty-search = По запросу «{ $text }» ничего не найдено. Попробуйте меньше слов или номер

## Обращение
portal-steps = На каком этапе
portal-step-received = Получено
portal-step-with = Занимается: { $name }
portal-step-queue = В очереди
portal-step-fixed = Работает?
portal-step-done = Всё готово?
portal-conversation = Переписка
portal-erased = Этот текст удалён
portal-sent-title = Мы получили ваше обращение
portal-sent-team = Им занимается: { $name }.
portal-sent-next = Его прочитают и ответят на этой странице. Дополнить его можно в любой момент.
portal-sent-back = На главную
portal-reply = Ваш ответ
portal-reason = Хотите что-то добавить?
portal-reason-help = Если не решено, напишите, что ещё не так
portal-is-it-fixed = Всё работает?
portal-is-it-done = Всё готово?
portal-closes = Без ответа закроется само: { $day }
portal-fixed = Всё работает
portal-broken = Не решено
portal-all-done = Всё готово
portal-not-done = Ещё не всё
portal-over = Это обращение закрыто. Если что-то осталось, отправьте новое, которое его продолжит.
portal-follow-up = Продолжить
portal-usual-answer-today = Обычно отвечаем сегодня до { $clock }
portal-usual-answer-tomorrow = Обычно отвечаем завтра до { $clock }
portal-usual-answer-day = Обычно отвечаем до { $day }
portal-usual-answer-late = Дольше обычного: почти на все обращения отвечают за { $length }
portal-usual-solution-today = Обычно сегодня до { $clock }
portal-usual-solution-tomorrow = Обычно завтра до { $clock }
portal-usual-solution-day = Обычно до { $day }
portal-usual-solution-late = Дольше обычного: почти всё бывает готово за { $length }
portal-measured = Сколько это обычно занимает
portal-measured-answer = { $count_plural ->
    [one] Измерено по { $count } похожему обращению: на половину ответили за { $half }, на восемь из десяти — за время от { $low } до { $high }.
    [few] Измерено по { $count } похожим обращениям: на половину ответили за { $half }, на восемь из десяти — за время от { $low } до { $high }.
    [many] Измерено по { $count } похожим обращениям: на половину ответили за { $half }, на восемь из десяти — за время от { $low } до { $high }.
   *[other] Измерено по { $count } похожего обращения: на половину ответили за { $half }, на восемь из десяти — за время от { $low } до { $high }.
}
portal-measured-solution = { $count_plural ->
    [one] Измерено по { $count } похожему обращению: половина была готова за { $half }, восемь из десяти — за время от { $low } до { $high }.
    [few] Измерено по { $count } похожим обращениям: половина была готова за { $half }, восемь из десяти — за время от { $low } до { $high }.
    [many] Измерено по { $count } похожим обращениям: половина была готова за { $half }, восемь из десяти — за время от { $low } до { $high }.
   *[other] Измерено по { $count } похожего обращения: половина была готова за { $half }, восемь из десяти — за время от { $low } до { $high }.
}
portal-awaits = Ждём: { $name } · с { $since }
portal-awaits-state = { $name } · с { $since }
portal-you-then = вас
portal-rate = Оцените это обращение
portal-rated = Ваша оценка
portal-rate-solution = Как решён вопрос?
portal-rate-analyst = Как вам помогли?
portal-rate-about = О чём эта оценка?
portal-rate-comment = Хотите что-то добавить?
portal-rate-send = Отправить оценку
portal-rate-change = Изменить оценку
portal-rate-call = Можно вам позвонить?
portal-rate-call-help = Тогда мы снова откроем обращение и позвоним вам.
portal-rate-call-yes = Да, позвоните мне
portal-rate-call-no = Нет, спасибо
portal-rate-home = Как всё прошло?
portal-fact-service = Услуга
portal-fact-requester = Кто просит
portal-fact-for = Для кого
portal-fact-with = Кто занимается
portal-fact-created = Отправлено
portal-files = Файлы
portal-people = Кто следит
portal-add-people = Добавить людей
portal-people-help = Они читают всё на этой странице и могут отвечать
portal-cancel-ask = Это больше не нужно
portal-cancel-why = Почему
portal-cancel = Отменить обращение

## Что сделано
portal-done-sent = Ответ отправлен
portal-done-confirmed = Спасибо. Обращение закрыто
portal-done-reopened = Обращение снова открыто
portal-done-cancelled = Обращение отменено
portal-done-added = Добавлено
portal-done-removed = Удалено
portal-done-rated = Спасибо за оценку
portal-done-called = Спасибо. Обращение снова открыто, вам позвонят

## Ошибки
error-portal-what = Напишите, что случилось или что вам нужно
error-portal-kind = Выберите, о чём речь
error-portal-reason = Напишите, что ещё не так, чтобы мы знали, где искать
error-portal-nobody = Не нашли никого по имени { $name }. Проверьте написание
error-portal-several = Имени { $name } соответствуют несколько человек. Выберите одного или введите почту
error-portal-cancel = Это обращение уже нельзя отменить
