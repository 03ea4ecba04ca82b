// What is being taken in, above the reports: where it stands, how to stop it, what became of files.
import { $, fetchJson, make, say, sentence, warn } from "./dom.js";

const STOPPED = "已停止接收新报道。已收入的都在，读完的页也留着。";
const FAILED = "新报道暂时不能收入，请管理员查看日志。";
const IDLE = "正在接收放进收件夹的新报道。";
const ORDERS = {
	stop: { label: "停止接收", waiting: "正在停止…", done: "已停止接收" },
	resume: { label: "继续接收", waiting: "正在继续…", done: "已继续接收" },
};

let shownRows = "";

/** Change a text only where it differs: a screen reader tells every change. */
const put = (selector, text) => {
	const place = $(selector);
	if (place.textContent !== text) place.textContent = text;
	place.hidden = !text;
};

const line = (intake) => {
	if (intake.failed) return FAILED;
	if (intake.stopped) return STOPPED;
	if (intake.told) return intake.told;
	const quiet = intake.troubles.length === 0 && (intake.steer || intake.recent.length);
	return quiet ? IDLE : "";
};

const row = ({ file, status, fate, told }) => make(
	"li", status,
	make("span", "fate", fate),
	make("span", "file", file),
	...told.map((text) => make("span", "reason", text)),
);

const drawSwitch = (order) => {
	const button = $("#intake-switch");
	button.hidden = !order;
	if (!order || button.disabled) return;
	button.dataset.order = order;
	button.textContent = ORDERS[order].label;
};

/** Draw what the server says; the list of files stays as open as it is. */
export const drawIntake = (intake) => {
	put("#intake-line", line(intake));
	put("#intake-pace", intake.failed || intake.stopped ? "" : intake.pace ?? "");
	put("#intake-troubles", intake.troubles.join("\n"));
	drawSwitch(intake.steer);
	const rows = JSON.stringify(intake.recent);
	if (rows !== shownRows) $("#intake-files").replaceChildren(...intake.recent.map(row));
	shownRows = rows;
	put("#intake-tally", intake.tally ?? "");
	$("#intake-recent").hidden = !intake.tally;
	$("#intake").hidden = !(line(intake) || intake.troubles.length);
};

/** Stop, or go on: the server waits until it is done. */
export const steerIntake = async (button) => {
	const order = ORDERS[button.dataset.order];
	button.disabled = true;
	button.textContent = order.waiting;
	let now = null;
	try {
		now = await fetchJson(`intake/${button.dataset.order}`, { method: "POST" });
		warn("");
		say(order.done);
	} catch (error) {
		warn(sentence(error, "没能做到，请检查网络后再试。"));
		button.textContent = order.label;
	}
	button.disabled = false;
	if (now) drawIntake(now);
};
