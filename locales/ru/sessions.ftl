### Вход, пароли, своя учётная запись.

## Вход
sessions-login-title = Вход
sessions-login-name = Электронная почта
sessions-password = Пароль
sessions-login-forgotten = Забыли пароль? Администратор даст вам ссылку, чтобы выбрать новый.
sessions-login-changed = Пароль изменён. Войдите с новым паролем.
sessions-login-empty = Служба поддержки ещё не настроена. Откройте ссылку, которую сервер показал при запуске.
sessions-demo-title = Это демонстрация
sessions-demo-text = Всё в ней вымышлено. Выберите, кем вы хотите быть: кнопка выполнит вход.

error-login-failed = Неверная почта или пароль. Проверьте их и попробуйте ещё раз
error-login-wait = Слишком много неверных попыток. Учётная запись не заблокирована: повторите через { $seconds } с

## Пароли
sessions-password-new = Новый пароль
sessions-password-again = Тот же пароль ещё раз
sessions-password-current = Нынешний пароль
sessions-password-save = Сменить пароль
sessions-password-help = { $count_plural ->
    [one] Не короче { $count } знака. Хорошо подходят несколько слов, которые сложите только вы
    [few] Не короче { $count } знаков. Хорошо подходят несколько слов, которые сложите только вы
    [many] Не короче { $count } знаков. Хорошо подходят несколько слов, которые сложите только вы
   *[other] Не короче { $count } знака. Хорошо подходят несколько слов, которые сложите только вы
}
sessions-password-ends = Здесь вы останетесь в системе, в остальных браузерах сеансы завершатся.
sessions-reset-title = Выберите пароль
sessions-reset-text = Ссылка действует один раз. Потом войдите с новым паролем; все сеансы завершатся.
sessions-revoke-all = Отозвать и мои токены API
sessions-revoke-all-help = Отметьте, если вашей учётной записью мог воспользоваться кто-то другой
error-password-common = Этот пароль подбирают одним из первых. Выберите другой
error-password-own = Это ваше имя или адрес, их подбирают первыми. Выберите другой пароль
error-password-again = Пароли не совпадают. Введите оба заново
error-password-wrong = Это не ваш нынешний пароль
error-reset-link = Ссылка не действует: она использована, устарела или неполна. Попросите у администратора новую
error-account-inactive = Эта учётная запись отключена. Сначала включите её

## Настройка
sessions-setup-title = Настройте службу поддержки
sessions-setup-text = Три вещи, и можно принимать первую заявку: чья это служба, кто за неё отвечает и на каком она языке.
sessions-setup-organisation = Организация
sessions-setup-organisation-help = Компания или отдел, чья это служба поддержки
sessions-setup-name = Ваше имя
sessions-setup-email-help = По этому адресу вы входите
sessions-setup-lang = Язык
sessions-setup-send = Создать службу поддержки
sessions-first-team = Служба поддержки
error-setup-link = Ссылка не действует: служба уже настроена или ссылка устарела. Перезапустите сервер, чтобы получить новую

## Своя учётная запись
sessions-me-title = Ваша учётная запись
sessions-me-profile = Профиль
sessions-me-name = Имя
sessions-email = Электронная почта
sessions-zone = Часовой пояс
sessions-as-organisation = Как у организации
sessions-me-export = Все данные обо мне одним файлом
sessions-me-save = Сохранить профиль
sessions-me-look = Вид
sessions-density = Плотность
sessions-density-comfortable = Свободная
sessions-density-compact = Средняя
sessions-density-dense = Плотная
sessions-letters = Горячие клавиши из одной буквы
sessions-letters-help = Например, R для ответа. Выключите, если управляете компьютером голосом или случайно нажимаете клавиши
sessions-me-password = Пароль
sessions-done-profile = Профиль сохранён
sessions-done-password = Пароль изменён, сеансы в других браузерах завершены
sessions-done-session = Сеанс завершён
sessions-done-sessions = Остальные сеансы завершены
sessions-done-token = Токен отозван
error-time-zone = Выберите часовой пояс из списка

## Сеансы
sessions-me-sessions = Где вы вошли
sessions-device = Браузер
sessions-device-unknown = Неизвестный браузер
sessions-address = Адрес
sessions-seen = Последнее использование
sessions-began = Вход
sessions-here = Этот браузер
sessions-end = Завершить сеанс
sessions-end-others = Завершить остальные сеансы
error-session-only = По токену этого сделать нельзя. Войдите с паролем
error-see-as-self = Вы и так видите всё от своего имени
error-see-as-out = Этот человек не может войти и ничего не видит
error-see-as-above = Этот человек вправе читать то, чего не можете вы
error-see-as-reason = Укажите причину, не длиннее { $max } знаков
error-seeing-as = Вы смотрите как { $name } и ничего не можете менять. Сначала закончите
sessions-see-as = Смотреть как
sessions-see-as-title = Посмотреть глазами: { $name }
sessions-see-as-help = 15 минут этот браузер показывает то, что видит этот человек, и ничего не меняет. Конфиденциальные заявки видны, только если в них названы и вы. Начало и конец записываются в журнал администрирования.
sessions-see-as-reason = Причина
sessions-see-as-reason-help = Записывается в журнал администрирования.
sessions-see-as-begin = Начать

## Токены API
sessions-me-tokens = Токены API
sessions-tokens-text = По токену программа действует от вашего имени. Она может не больше, чем вы.
sessions-token-made = Скопируйте токен сейчас: больше он не покажется.
sessions-token-name = Для чего он
sessions-token-name-help = Например, «Мониторинг»
sessions-token-scopes = Разрешено
sessions-scope-read = Читать
sessions-scope-write = Читать и менять
sessions-token-used = Последнее использование
sessions-token-expires = Срок
sessions-days = { $count_plural ->
    [one] через { $count } день
    [few] через { $count } дня
    [many] через { $count } дней
   *[other] через { $count } дня
}
sessions-token-create = Создать токен
sessions-token-revoke = Отозвать
error-token-scope = Нет такого разрешения: { $scope }
error-token-expiry = { $days_plural ->
    [one] Выберите срок в будущем, не дальше { $days } дня
    [few] Выберите срок в будущем, не дальше { $days } дней
    [many] Выберите срок в будущем, не дальше { $days } дней
   *[other] Выберите срок в будущем, не дальше { $days } дня
}
error-token-many = { $max_plural ->
    [one] У вас { $max } токен, это предел. Сначала отзовите один из них
    [few] У вас { $max } токена, это предел. Сначала отзовите один из них
    [many] У вас { $max } токенов, это предел. Сначала отзовите один из них
   *[other] У вас { $max } токена, это предел. Сначала отзовите один из них
}
error-token-shown = По этому запросу токен уже создан, и тогда же показан его текст. Если он не сохранился, отзовите токен и создайте другой
error-token-exceeds = Токен создаёт только токены, которые могут не больше и живут не дольше его самого

## Входы других
sessions-account = Вход
sessions-account-title = Вход: { $name }
sessions-account-people = Люди
sessions-account-none = Входа пока нет: этому человеку можно написать, но войти он не может.
sessions-account-login = Входит как
sessions-account-login-help = Обычно адрес почты
sessions-account-make = Создать вход
sessions-account-rename = Сохранить
sessions-account-access = Доступ
sessions-account-out = Закрыт
sessions-account-link = Ссылка для выбора пароля
sessions-account-link-text = Передайте её надёжным путём. Она действует один раз и недолго и больше не показывается.
sessions-account-link-help = По ссылке владелец выбирает новый пароль. Прежняя ссылка перестаёт действовать, пароль до тех пор остаётся.
sessions-account-link-make = Создать ссылку
sessions-account-shut-out = Закрыть вход
sessions-account-shut-out-help = Сразу завершает все сеансы, ссылки и ключи API. Когда вход снова откроют, они не вернутся.
sessions-account-let-in = Открыть вход
sessions-account-let-in-help = Владелец снова войдёт с прежним паролем. Сеансы и ключи создаются заново.
sessions-account-sessions = Где открыты сеансы
sessions-account-nowhere = Нигде
sessions-account-sign-out = Завершить все сеансы
sessions-account-renamed = Вход сохранён
sessions-account-signed-out = Все сеансы завершены
sessions-account-is-out = Вход закрыт
sessions-account-is-in = Вход открыт
error-account-known = У этого человека уже есть вход
error-login-blank = В имени входа нет пробелов
error-login-taken = Под этим именем входит другой человек. Выберите другое
sessions-undo = Время, чтобы вернуть ответ
sessions-undo-none = Нет
sessions-undo-seconds = { $count } с
sessions-after = После ответа
sessions-after-stay = Остаться в заявке
sessions-after-next = Следующая заявка
sessions-after-list = Назад к списку
