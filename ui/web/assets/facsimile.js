// The pages of an article as printed, with the cited words marked where they stand.
import { blank, make, say } from "./dom.js";
import { zoomable } from "./zoom.js";

const LEGIBLE = 12; // CSS pixels that a line of print must be high, to be read
const EDGE = 0.06; // of the width: nearer to the left edge, there is no room for a number
const percent = (fraction) => `${fraction * 100}%`;

const toolButton = (className, name, text) => {
	const button = make("button", className, text);
	button.type = "button";
	button.setAttribute("aria-label", name);
	button.title = name;
	return button;
};

/** One rectangle of a cited sentence; only the first of a page has the number, and the keyboard. */
const drawPlace = (quote, box, first, on) => {
	const numbers = quote.labels.join("、");
	const place = make("button", on ? "place on" : "place", first ? make("span", "number", numbers) : null);
	place.type = "button";
	place.title = "回到文字中的这一句";
	place.dataset.view = "text";
	place.dataset.label = String(quote.labels[0]);
	place.classList.toggle("edge", box.x0 < EDGE);
	place.style.left = percent(box.x0);
	place.style.top = percent(box.y0);
	place.style.width = percent(box.x1 - box.x0);
	place.style.height = percent(box.y1 - box.y0);
	if (first) {
		place.setAttribute("aria-label", `引文 ${numbers}：${quote.text} 按回车回到文字`);
	} else {
		place.tabIndex = -1;
		place.setAttribute("aria-hidden", "true");
	}
	return place;
};

const drawPlaces = (article, pointed, number) => article.quotes.flatMap((quote) => quote.boxes
	.filter((box) => box.page === number)
	.map((box, order) => drawPlace(quote, box, order === 0, quote === pointed)));

/** What the picture is of, for those who cannot see it. */
const describe = (article, number, places) => {
	const marked = places.filter((place) => place.hasAttribute("aria-label")).length;
	return `${article.report} 第 ${number} 页的版面图${marked ? `，标出了 ${marked} 处引文` : ""}`;
};

/** Where the pointed sentence is not, or not wholly, on the page that is shown. */
const elsewhere = (pointed, number) => {
	if (!pointed) return "";
	const pages = [...new Set(pointed.boxes.map((box) => box.page))];
	const numbers = pointed.labels.join("、");
	if (!pages.length) return `版面上没有标出引文 ${numbers} 的位置。`;
	const others = pages.filter((page) => page !== number);
	return others.length ? `引文 ${numbers} 也在第 ${others.join("、")} 页。` : "";
};

/**
 * Draw the pages of an article, beginning with that of the sentence pointed to.
 *
 * Returns the tools for the bar, the frame with the picture, and what is to be called once both
 * are on the page: it brings the sentence into view and, if wanted, gives it the focus.
 */
export const drawPages = (article, pointed) => {
	const numbers = article.pages.map((page) => page.number);
	const found = numbers.indexOf(pointed?.boxes[0]?.page);
	let at = Math.max(found, 0);
	let drawn = 0; // of several pages asked for, only the last one is shown

	const frame = make("div", "frame");
	frame.tabIndex = 0;
	frame.setAttribute("role", "region");
	frame.setAttribute("aria-label", "版面图：加号键放大，减号键缩小，零键适合宽度");
	const hint = make("p", "elsewhere");
	const back = toolButton("turn-back", "前一页", "‹");
	const on = toolButton("turn-on", "后一页", "›");
	const count = make("span", "count");
	const out = toolButton("zoom-out", "缩小", "−");
	const scale = make("span", "scale");
	const closer = toolButton("zoom-in", "放大", "＋");
	const pager = make("div", "pager", numbers.length > 1 ? back : null, count, numbers.length > 1 ? on : null);
	pager.hidden = article.page_count < 2;

	const zoom = zoomable(frame, (state) => {
		scale.textContent = state.fits ? "适合宽度" : `${state.percent}%`;
		out.disabled = state.fits;
		closer.disabled = state.most;
	});
	out.addEventListener("click", () => zoom.step(-1));
	closer.addEventListener("click", () => zoom.step(1));

	const show = async (focus) => {
		const mine = ++drawn;
		const { number, image, begin } = article.pages[at];
		count.textContent = `第 ${number} / ${article.page_count} 页`;
		back.disabled = at === 0;
		on.disabled = at === numbers.length - 1;
		hint.textContent = elsewhere(pointed, number);
		hint.hidden = !hint.textContent;
		frame.replaceChildren(blank("正在打开版面…"));
		const places = drawPlaces(article, pointed, number);
		const picture = new Image();
		picture.alt = describe(article, number, places);
		picture.draggable = false;
		picture.src = image;
		try {
			await picture.decode();
		} catch {
			if (mine === drawn) frame.replaceChildren(blank("这一页的版面图没能打开。请稍后再试，或者先看文字。"));
			return;
		}
		if (mine !== drawn || !frame.isConnected) return;
		const sheet = make("div", "sheet", picture, ...places);
		frame.replaceChildren(sheet);
		const first = places.find((place) => place.matches(".on")) || places[0];
		const box = pointedBox(article, pointed, number) ?? begin;
		zoom.begin(sheet, picture.naturalWidth, first, legibleWidth(article, number, picture));
		zoom.reveal(box);
		say(`第 ${number} 页的版面`);
		if (focus) (first || frame).focus({ preventScroll: true });
	};
	const turn = (by) => {
		at = Math.min(Math.max(at + by, 0), numbers.length - 1);
		show(false);
	};
	back.addEventListener("click", () => turn(-1));
	on.addEventListener("click", () => turn(1));

	return {
		tools: make("div", "tools", pager, make("div", "zoom", out, scale, closer)),
		plate: make("div", "plate", hint, frame),
		ready: show,
	};
};

/** How wide the picture must be for the lowest of the cited lines to be read. */
const legibleWidth = (article, number, picture) => {
	const heights = article.quotes.flatMap((quote) => quote.boxes)
		.filter((box) => box.page === number)
		.map((box) => (box.y1 - box.y0) * picture.naturalHeight);
	const lowest = Math.min(...heights.filter((height) => height > 0));
	return Number.isFinite(lowest) ? (LEGIBLE / lowest) * picture.naturalWidth : 0;
};

/** The first rectangle on a page of the sentence pointed to, or of any that is cited. */
const pointedBox = (article, pointed, number) => [pointed, ...article.quotes]
	.flatMap((quote) => quote?.boxes ?? [])
	.find((box) => box.page === number);
