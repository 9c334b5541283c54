/** Lists images by their tags in EC2. */
package org.amibakery.inventory.aws;
