/** Stops bakes at every state their histories can be in: cancels, terminates and resets them. */
package org.amibakery.acceptance.events;
