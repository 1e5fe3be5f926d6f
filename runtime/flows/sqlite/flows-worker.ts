import { workerData } from "node:worker_threads";
import { answerQuestions } from "../../store/sqlite/answer-questions.ts";
import { FlowTables } from "./flow-tables.ts";

const file = workerData as string;

answerQuestions(file, () => new FlowTables(file));
