// The shapes of what passes between the parts of the player. Read by editors and type checkers; never sent to a browser.

/** A point of a drawing: across and down. In the hall, a third number says how far away. */
type Point = number[];
/** What is painted with: a canvas's 2D context. */
type Ctx = any;
/** Red, green and blue, 0 to 255. */
type Colour = number[];
/** The middle of a limb and its half-widths along it. */
type Limb = { mid: Point[]; half: number[] };
/** How the drawing lies on the page: pixels, and the edges in drawing units around the horizon's middle. */
type View = { w: number; h: number; scale: number; x: number; y: number; upright: number; left: number; right: number; top: number; bottom: number };
/** What a scene is told of the meeting (scenes/README says what each is). */
type Mood = {
  view: string; art: string; light: number; sound: string; motion: number; phase: string; closeness: number; ache: number; clock: number;
  here: boolean; voice: number; books: [near: number, still: boolean][]; scars: { id: string; touched: boolean }[];
  jar: { hum: number; dissolve: number } | null; shards: { id: string; touched?: boolean; kept?: boolean }[];
  newScar?: { strokes: Point[][]; owed: boolean } | null;
};
/** The colours of a scene, and how it is framed (art/palettes.json). */
type Key = Record<string, number[]>;
type Palette = { frame: { sun: number[]; water: number; cloud: number }; indigo: Key; rose: Key; gold: Key; ash: Key };
/** What is fetched for a scene before it is painted. */
type Art = { palettes: Record<string, Palette>; scenes: Record<string, any>; light: string; moth: ImageBitmap };

/** The wire: see docs/architecture.md. */
type Transport = { send(message: object): void; onmessage: ((message: any) => void) | null; onclose: (() => void) | null };
type Turn = {
  type: string; turn: string; offer?: string; text?: string;
  name?: string; pronoun?: string | null; veiled?: string[]; locale?: string; older?: boolean;
};
type Hearer = {
  threshold(message: any): void;
  breath(message: any, turn: Turn | null): void;
  refused(message: any, turn: Turn | null): void;
  line(state: "open" | "lost" | "locked"): void;
};
type Beat = { kind: string; text?: string; spans?: [string, string][]; voice?: string[]; title?: string; label?: string; status?: string };
type Offer = { id: string; move: string; target: string | null; label: string; quiet: boolean };
type Book = { book: number; veil: [string, string][]; near: number; still: boolean; title?: string };

/** A mark: its strokes are points in 0..1000. */
type Scar = { strokes: Point[][]; label: string; owed?: boolean };
/** What the keep holds of one thing told or said. */
type KeptEntry = { entry: number; meeting: number; kind: string; title: string; text: string[]; state: string; strokes?: Point[][] | null };
/** Of a syllable: when it begins and how long it is (seconds), its pitch (1 is the voice's own), how loud it is and how much of it is breath (0 to 1). */
type Syllable = { at: number; long: number; pitch: number; loud: number; breath: number };

/** The page is ours: what is looked for in it is there, and is what it is. */
interface ParentNode {
  querySelector(selector: string): any;
  querySelectorAll(selector: string): any;
}
interface HTMLElement { addEventListener(type: string, listener: (event: any) => any, how?: any): void; }
interface Document { addEventListener(type: string, listener: (event: any) => any, how?: any): void; }
interface AudioNode { gain?: any; }
declare function addEventListener(type: string, listener: (event: any) => any, how?: any): void;
