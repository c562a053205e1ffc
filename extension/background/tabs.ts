/** The tab that the person is in. */
export async function activeTab(): Promise<chrome.tabs.Tab | undefined> {
	const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
	return tab;
}

/** Whether whoever looks at the browser looks at this one: to another, a window would come over whatever they do. */
export async function isBefore(tab: number): Promise<boolean> {
	const { active, windowId } = await chrome.tabs.get(tab);
	return active && (await chrome.windows.get(windowId)).focused;
}
