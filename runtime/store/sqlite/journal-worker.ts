import { workerData } from "node:worker_threads";
import { answerQuestions } from "./answer-questions.ts";
import type { JournalData } from "./journal-questions.ts";
import { Journal } from "./journal.ts";

const { file, incarnation, patience } = workerData as JournalData;

answerQuestions(file, () => new Journal(file, incarnation, patience));
