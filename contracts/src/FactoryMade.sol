// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// An implementation deployed by its factory, and the clones of it that the factory makes.
abstract contract FactoryMade {
    /// The factory: deploys the implementation, and is the only one that initialises clones.
    address public immutable FACTORY = msg.sender;

    error OnlyFactory();

    function _onlyFactory() internal view {
        if (msg.sender != FACTORY) revert OnlyFactory();
    }
}
