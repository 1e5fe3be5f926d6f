import { connect } from "./chat.ts";
import { render, showConnection, showProblem } from "./render.js";

const form = document.querySelector(".send-message-form");
const newMessage = document.querySelector(".new-message");
const messages = document.querySelector(".messages");

const chat = await connect(undefined, { timeout: Infinity });

showConnection("connected");
chat.on("connected", () => showConnection("connected"));
chat.on("disconnected", () => showConnection("disconnected"));

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (form.ariaBusy === "true") return;

  const text = newMessage.value;
  form.ariaBusy = "true";
  chat.communication
    .message()
    .send({ text })
    .failed((error) => {
      form.ariaBusy = "false";
      showProblem(error.message);
      newMessage.focus();
    })
    .delivered(() => {
      form.ariaBusy = "false";
      newMessage.value = "";
      newMessage.focus();
    });
});

newMessage.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;

  event.preventDefault();
  form.requestSubmit();
});

newMessage.addEventListener("input", () => showProblem(""));
newMessage.focus();

chat.lists.messages
  .readAndObserve({ orderBy: { timestamp: "descending" }, take: 50 })
  .failed((error) => showProblem(error.message))
  .started(render)
  .updated(render);

messages.addEventListener("click", (event) => {
  const button = event.target.closest(".likes");
  if (!button) return;

  chat.communication
    .message(button.dataset.messageId)
    .like()
    .failed((error) => showProblem(error.message));
});
