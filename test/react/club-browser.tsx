import { useState } from "react";
import { createRoot } from "react-dom/client";
import { useList } from "@wkgen/runtime/react";
import { connect } from "../emitters/golden/club/client/club.ts";

const club = await connect();

/** A question of the model, asked where it is shown. */
function Popular() {
  const [atLeast, ask] = useState(2);
  const { rows } = useList(club.lists.boards.popular({ atLeast }));

  return (
    <>
      <button onClick={() => ask(atLeast)}>The same</button>
      <button onClick={() => ask(atLeast + 1)}>More popular</button>
      <p>{rows.map(({ name, points }) => `${name} ${points}`).join(", ")}</p>
    </>
  );
}

createRoot(document.getElementById("root")!).render(<Popular />);
