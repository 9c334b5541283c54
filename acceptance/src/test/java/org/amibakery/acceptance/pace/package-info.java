/** Keeps within what AWS lets an account ask for, however many workers ask. */
package org.amibakery.acceptance.pace;
