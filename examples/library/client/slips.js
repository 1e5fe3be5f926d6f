const slips = document.querySelector(".slips");
const template = document.querySelector("#slip");
const day = new Intl.DateTimeFormat("en", { day: "2-digit", month: "short", year: "numeric" });

/** The date slips of what is out, the next one due first. */
export function renderSlips(loans, { isDesk, renew, giveBack }) {
  slips.replaceChildren(
    ...loans.map(({ id, title, dueAt, status, note, fines }) => {
      const slip = template.content.firstElementChild.cloneNode(true);
      const due = slip.querySelector(".due");
      slip.dataset.status = status;
      slip.querySelector(".title").textContent = title;
      due.dateTime = dueAt;
      due.textContent = day.format(new Date(dueAt)).toUpperCase();
      slip.querySelector(".note").textContent = status === "late" ? `${fines} to pay so far` : note;
      slip.querySelector(".renew").addEventListener("click", () => renew(id));
      slip.querySelector(".give-back").hidden = !isDesk;
      slip.querySelector(".give-back").addEventListener("click", () => giveBack(id));

      return slip;
    }),
  );
}
