// A picture in a scrolling frame, made larger and smaller: by buttons, by the keys + - 0, by two
// fingers, by the wheel with Ctrl, and by a double click.

const SCALES = [0.5, 0.75, 1, 1.5, 2]; // of the picture's own pixels
const MARGIN = 28; // CSS pixels: room for a mark's number

const middle = (touches) => ({
	x: (touches[0].clientX + touches[1].clientX) / 2,
	y: (touches[0].clientY + touches[1].clientY) / 2,
	apart: Math.hypot(
		touches[0].clientX - touches[1].clientX,
		touches[0].clientY - touches[1].clientY,
	),
});

/** Make a frame zoom what it is given; `told` hears of every change. */
export const zoomable = (frame, told) => {
	let sheet = null; // what is zoomed
	let natural = 0; // its own width, in pixels
	let anchor = null; // what stays in place when buttons or keys zoom
	let width = 0; // in CSS pixels; 0 is as wide as the frame
	let pinch = null;

	const fit = () => frame.clientWidth;
	const most = () => Math.max(natural * 2, fit() * 2);
	const now = () => (width > fit() ? width : fit());

	/** Zoom to a width, keeping the point (x, y) of the screen where it is. */
	const set = (wanted, x, y) => {
		if (!sheet) return;
		const before = sheet.getBoundingClientRect();
		const across = (x - before.left) / before.width;
		const down = (y - before.top) / before.height;
		width = Math.min(wanted, most());
		if (width <= fit() * 1.01) width = 0;
		sheet.style.width = width ? `${width}px` : "";
		const after = sheet.getBoundingClientRect();
		frame.scrollLeft += after.left + across * after.width - x;
		frame.scrollTop += after.top + down * after.height - y;
		told({ fits: !width, most: now() >= most() * 0.99, percent: Math.round((now() / natural) * 100) });
	};

	/** Zoom about the anchor while it is in sight, else about the middle of the frame. */
	const about = (wanted) => {
		const view = frame.getBoundingClientRect();
		const box = anchor?.getBoundingClientRect();
		const seen = box && box.bottom > view.top && box.top < view.bottom
			&& box.right > view.left && box.left < view.right;
		const target = seen ? box : view;
		set(wanted, target.left + target.width / 2, target.top + target.height / 2);
		if (seen) bring(anchor.getBoundingClientRect());
	};

	/** Scroll to what is shown: a line longer than the frame from its beginning. */
	const bring = ({ left, top, width: across, bottom }) => {
		const view = frame.getBoundingClientRect();
		const wide = across > view.width - 2 * MARGIN;
		if (wide) frame.scrollLeft += left - view.left - MARGIN;
		else if (left < view.left || left + across > view.right) {
			frame.scrollLeft += left + across / 2 - view.left - view.width / 2;
		}
		if (top < view.top || bottom > view.bottom) frame.scrollTop += top - view.top - view.height / 3;
	};

	const step = (direction) => {
		const widths = [fit(), ...SCALES.map((scale) => scale * natural), most()]
			.filter((one) => one >= fit()).sort((one, other) => one - other);
		const next = direction > 0
			? widths.find((one) => one > now() * 1.2)
			: widths.findLast((one) => one < now() / 1.2);
		about(next ?? (direction > 0 ? most() : 0));
	};

	frame.addEventListener("keydown", (event) => {
		if (event.ctrlKey || event.metaKey || event.altKey) return;
		if (event.key === "+" || event.key === "=") step(1);
		else if (event.key === "-") step(-1);
		else if (event.key === "0") about(0);
		else return;
		event.preventDefault();
	});
	frame.addEventListener("wheel", (event) => {
		if (!event.ctrlKey) return; // a touch pad's pinch comes as this, too
		event.preventDefault();
		set(now() * Math.exp(-event.deltaY / 300), event.clientX, event.clientY);
	}, { passive: false });
	frame.addEventListener("dblclick", (event) => {
		if (!event.target.closest(".place")) set(width ? 0 : natural, event.clientX, event.clientY);
	});
	frame.addEventListener("touchstart", ({ touches }) => {
		pinch = touches.length === 2 ? { from: now(), apart: middle(touches).apart } : null;
	}, { passive: true });
	frame.addEventListener("touchmove", (event) => {
		if (!pinch || event.touches.length !== 2) return;
		event.preventDefault();
		const { x, y, apart } = middle(event.touches);
		set((pinch.from * apart) / pinch.apart, x, y);
	}, { passive: false });
	for (const end of ["touchend", "touchcancel"]) {
		frame.addEventListener(end, () => { pinch = null; }, { passive: true });
	}

	return {
		step,
		/** Take a picture; `least` is the width (CSS pixels) that its print can be read at. */
		begin: (newSheet, newNatural, newAnchor, least) => {
			[sheet, natural, anchor] = [newSheet, newNatural, newAnchor];
			set(width || (least > fit() * 1.25 ? Math.min(least, natural) : 0), 0, 0);
		},
		/** Scroll so that a box, in fractions of the picture, is in sight. */
		reveal: (box) => {
			const { left, top, width: across, height: down } = sheet.getBoundingClientRect();
			bring({
				left: left + box.x0 * across,
				top: top + box.y0 * down,
				width: (box.x1 - box.x0) * across,
				bottom: top + box.y1 * down,
			});
		},
	};
};
