/** The public entry for generated clients, in browsers and in Node. */
export type { Address, HostAndPort } from "./client/address.ts";
export type { AnyRow, RowChanges } from "./client/changes.ts";
export { commandsIn } from "./client/command-storage.ts";
export type { CommandStorage, KeptCommand } from "./client/command-storage.ts";
export { connectTo } from "./client/connect-to.ts";
export type { Connection, ConnectOptions, Description, NoData, QueueOptions } from "./client/connect-to.ts";
export type { EventOf, EventQuery, Events } from "./client/events.ts";
export { CommandRejected, ConnectionFailed, NotAllowed, NotValid, QueueFull, RequestFailed, TimedOut } from "./client/failure.ts";
export type { Failure } from "./client/failure.ts";
export type { Comparing, List, ListQuery, NamedQuestion, ObserveOptions, PageOptions, RowsPage, Selecting, Where } from "./client/list.ts";
export type { LiveList, Picture } from "./client/live-list.ts";
export type { RequestOptions } from "./client/request.ts";
export type { TokenSource } from "./client/login.ts";
export type { Delivery, Sending } from "./client/sending.ts";
export type { Event } from "./protocol/event.ts";
export type { Problem } from "./protocol/problem.ts";
