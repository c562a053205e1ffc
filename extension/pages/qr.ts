/** QR codes in a picture: read here, sent nowhere. Loaded when it is used. */
import { decodeQRBatch } from "qr/decode.js";
import { Told } from "./told.ts";

const MOST_BYTES = 20_000_000;
const MOST_PIXELS = 40_000_000;
/** A larger picture is read at this size. */
const LARGEST_SIDE = 4096;
/** One pixel a module is too small to be found. */
const SMALL_SIDE = 600;
const TIME_MS = 2_000;
/** Pictures that can't draw for ever, as SVG can. */
const PICTURE = /^image\/(png|jpeg|gif|webp|bmp|avif)$/;

/** The texts of the QR codes on the tab in sight; only a popup may look at it. */
export async function codesOnTab(): Promise<string[]> {
	let shot: string;
	try {
		shot = await chrome.tabs.captureVisibleTab({ format: "png" });
	} catch {
		throw new Told("qr_no_tab");
	}
	return codesIn(await pictureAt(shot));
}

/** The texts of the QR codes in a file. */
export async function codesInFile(file: File): Promise<string[]> {
	if (!PICTURE.test(file.type)) throw new Told("qr_no_picture");
	if (file.size > MOST_BYTES) throw new Told("qr_too_large");
	return codesIn(await pictureAt(await dataUrl(file)));
}

function dataUrl(file: File): Promise<string> {
	return new Promise((resolve, reject) => {
		const reader = new FileReader();
		reader.onload = () => resolve(String(reader.result));
		reader.onerror = () => reject(new Told("qr_no_picture"));
		reader.readAsDataURL(file);
	});
}

/** Its size is known before it is unpacked: a small file may hold a picture that fills the memory. */
async function pictureAt(address: string): Promise<HTMLImageElement> {
	const picture = new Image();
	await new Promise((resolve, reject) => {
		picture.onload = resolve;
		picture.onerror = () => reject(new Told("qr_no_picture"));
		picture.src = address;
	});
	if (picture.naturalWidth * picture.naturalHeight > MOST_PIXELS) throw new Told("qr_too_large");
	return picture;
}

async function codesIn(picture: HTMLImageElement): Promise<string[]> {
	const side = Math.max(picture.naturalWidth, picture.naturalHeight);
	const found = await codesAt(picture, Math.min(1, LARGEST_SIDE / side));
	return found.length === 0 && side <= SMALL_SIDE ? codesAt(picture, 4) : found;
}

async function codesAt(picture: HTMLImageElement, scale: number): Promise<string[]> {
	const pixels = drawn(picture, scale);
	try {
		const [results = []] = await decodeQRBatch([pixels], {
			effort: Number.POSITIVE_INFINITY,
			timeLimit: TIME_MS,
		});
		return [...new Set(results.filter((result) => typeof result === "string"))];
	} finally {
		pixels.data.fill(0); // a tab shows more than a QR code
	}
}

function drawn(picture: HTMLImageElement, scale: number): ImageData {
	const canvas = document.createElement("canvas");
	canvas.width = Math.max(1, Math.round(picture.naturalWidth * scale));
	canvas.height = Math.max(1, Math.round(picture.naturalHeight * scale));
	const context = canvas.getContext("2d", { willReadFrequently: true });
	if (!context) throw new Told("qr_too_large");
	context.imageSmoothingEnabled = scale < 1;
	context.fillStyle = "white"; // where a picture is transparent
	context.fillRect(0, 0, canvas.width, canvas.height);
	context.drawImage(picture, 0, 0, canvas.width, canvas.height);
	return context.getImageData(0, 0, canvas.width, canvas.height);
}
