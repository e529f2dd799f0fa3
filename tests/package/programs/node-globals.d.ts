// Of the types of Node, what the package names.

interface Headers {
  get(name: string): string | null;
}
interface Request {
  readonly headers: Headers;
}
interface Response {
  readonly status: number;
}
interface RequestInit {
  readonly method?: string;
}
interface AbortSignal {
  readonly aborted: boolean;
}
interface URL {
  readonly href: string;
}
