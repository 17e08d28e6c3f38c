// The session ended: log in over the page, then the caller repeats what was refused. Nothing that
// was typed leaves the page.

let asking: Promise<boolean> | undefined;

/** Resolves when the person is signed in again (true) or gave up (false). */
export function signInAgain(): Promise<boolean> {
  asking ??= ask().finally(() => { asking = undefined; });
  return asking;
}

function ask(): Promise<boolean> {
  const dialog = document.getElementById("login-again");
  const form = dialog?.querySelector("form");
  if (!(dialog instanceof HTMLDialogElement) || !form) {
    location.reload();
    return Promise.resolve(false);
  }
  return new Promise((resolve) => {
    let done = false;
    const submit = async (event: SubmitEvent): Promise<void> => {
      event.preventDefault();
      done = await logIn(form);
      form.querySelector<HTMLElement>(".field-error")?.toggleAttribute("hidden", done);
      if (done) dialog.close();
    };
    const listener = (event: SubmitEvent): void => void submit(event);
    form.addEventListener("submit", listener);
    dialog.addEventListener("close", () => {
      form.removeEventListener("submit", listener);
      form.reset();
      resolve(done);
    }, { once: true });
    dialog.showModal();
  });
}

/** A 2xx or a redirect is a session; anything else is a refusal. */
async function logIn(form: HTMLFormElement): Promise<boolean> {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) body.append(name, String(value));
  try {
    const response = await fetch(form.action, {
      method: "POST", body, redirect: "manual", headers: { "HX-Request": "true", "HX-Request-Type": "partial" },
    });
    return response.ok || response.type === "opaqueredirect";
  } catch {
    return false;
  }
}
