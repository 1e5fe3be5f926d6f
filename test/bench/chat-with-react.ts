/** What a page that is made with React takes from us. */
export { connect } from "../../examples/chat/client/chat.ts";
export { useCommand, useList } from "@wkgen/runtime/react";
