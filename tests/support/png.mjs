/** The smallest of pictures, 2 by 3 pixels. */
export const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAYAAAC56t6BAAAADUlEQVR4nGNgGAWkAQABIwABHkVgUQAAAABJRU5ErkJggg==', 'base64');
